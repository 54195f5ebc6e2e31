using System.Globalization;
using Workbook.Parts;
using Workbook.Parts.Keys;

namespace Workbook.Bitcoin;

/// <summary>Checks the exercises of lecture 19. Each check says what is wrong, not just that something is.</summary>
public static class Exercise
{
    /// <summary>Exercise 1: a payment out of a coin, with change and a fee.</summary>
    /// <param name="transaction">The reader's transaction.</param>
    /// <param name="coin">The coin that it should spend.</param>
    /// <param name="to">Whom it should pay.</param>
    /// <param name="amount">How much, in satoshis.</param>
    /// <param name="back">Whose key the change should be for.</param>
    /// <param name="mostFee">The most that may be left to the miner, in satoshis.</param>
    public static ExerciseResult CheckPayment(Transaction transaction, Coin coin, PublicKey to, long amount, PublicKey back, long mostFee = 10_000)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(coin);
        if (transaction.Fault() is { } fault) return ExerciseResult.NotYet(fault.Message);
        var input = transaction.Inputs.ToList().FindIndex(each => each.Previous == coin.OutPoint);
        if (input < 0 || transaction.Inputs.Count > 1) return ExerciseResult.NotYet($"It should spend {coin.OutPoint}, and nothing else.");
        if (ScriptCheck.Of(transaction, input, coin.Output) is { IsValid: false } refused)
            return ExerciseResult.NotYet($"Nobody would take it. {refused.Reason}");
        var (paid, change) = (PaidTo(to), PaidTo(back));
        if (paid != amount) return ExerciseResult.NotYet($"The payee should get {Money.Text(amount)}; the outputs for their key have {Money.Text(paid)}.");
        var fee = coin.Amount - transaction.TotalOut;
        if (fee > mostFee)
        {
            return ExerciseResult.NotYet($"{Money.Text(fee)} are in no output. They are not lost: the miner has them. An output is spent whole, so what is "
                + "too much goes back in an output of your own.");
        }

        if (paid + change != transaction.TotalOut)
            return ExerciseResult.NotYet("Somebody else is paid, too: the change should be for the key of whoever pays.");
        return fee <= 0
            ? ExerciseResult.NotYet("Nothing is left for the miner, who has then no reason to take it.")
            : ExerciseResult.Right($"The payee has {Money.Text(paid)}, {Money.Text(change)} come back, and {Money.Text(fee)} are for the miner.");

        long PaidTo(PublicKey key) => transaction.Outputs.Where(output => IsFor(output.ScriptPubKey, key)).Sum(output => output.Amount);
    }

    /// <summary>Exercise 2: after how many confirmations an attacker's chance is small enough, by the exact law.</summary>
    /// <param name="attacker">The attacker's share of the power, between 0 and one half.</param>
    /// <param name="risk">The chance that the seller will take.</param>
    /// <param name="answer">The reader's answer.</param>
    public static ExerciseResult CheckConfirmations(double attacker, double risk, int answer)
    {
        var right = DoubleSpendRace.ConfirmationsFor(attacker, risk, RaceLaw.NegativeBinomial);
        if (answer == right) return ExerciseResult.Right($"After {right} the chance is {Chance(right)}, after {right - 1} still {Chance(right - 1)}.");
        if (answer == DoubleSpendRace.ConfirmationsFor(attacker, risk))
            return ExerciseResult.NotYet("That is the paper's table, whose formula has the attacker too weak. What does the exact law say?");
        return ExerciseResult.NotYet(answer > right ? "That is safe, but fewer would do." : $"The chance is still {Chance(Math.Max(0, answer))}.");

        string Chance(int confirmations) => DoubleSpendRace.ExactSuccess(attacker, confirmations).ToString("0.#####", CultureInfo.InvariantCulture);
    }

    private static bool IsFor(Script script, PublicKey key) => new[]
    {
        StandardOutput.To(key), StandardOutput.To(key, compressed: false), StandardOutput.ToHashOf(key), StandardOutput.ToHashOf(key, compressed: false),
        StandardOutput.ToWitnessOf(key),
    }.Contains(script);
}
