using Workbook.Bitcoin;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Bitcoin;

public sealed class ExerciseTests
{
    private static readonly PrivateKey Y = PrivateKey.FromText("Y");
    private static readonly PublicKey Z = PrivateKey.FromText("Z").PublicKey;

    private static readonly Coin Coin = new(
        new OutPoint(Hash256.Twice([7]), 0), new TxOutput(10.Bitcoins(), StandardOutput.To(Y.PublicKey)));

    [Fact]
    public void A_payment_with_change_and_a_fee_is_right() => Assert.StartsWith("✓", Check(Paid(3.Bitcoins())), StringComparison.Ordinal);

    [Fact]
    public void What_is_wrong_with_a_payment_is_said()
    {
        Assert.Contains("the miner has them", Check(Payment.Spend(Coin).Pay(Address.OfWitness(Z), 3.Bitcoins()).Sign(Y)));
        Assert.Contains("should get 3", Check(Paid(2.Bitcoins())));
        var other = Paid(3.Bitcoins());
        var changed = other with { Outputs = [other.Outputs[0] with { Amount = other.Outputs[0].Amount - 1 }, other.Outputs[1]] };
        Assert.Contains("Nobody would take it", Check(changed));
        Assert.Contains("and nothing else", Check(new Transaction([new TxInput(new OutPoint(Hash256.Twice([8]), 0), Script.Empty)], other.Outputs)));
        var toOther = Payment.Spend(Coin).Pay(Address.OfWitness(Z), 3.Bitcoins()).Change(Address.OfWitness(PrivateKey.FromText("Q").PublicKey), 1_000);
        Assert.Contains("Somebody else", Check(toOther.Sign(Y)));
    }

    [Fact]
    public void Confirmations_are_those_of_the_exact_law()
    {
        var (exact, paper) = (DoubleSpendRace.ConfirmationsFor(0.2, 0.001, RaceLaw.NegativeBinomial), DoubleSpendRace.ConfirmationsFor(0.2));
        Assert.True(paper < exact);
        Assert.Contains($"After {exact}", $"{Exercise.CheckConfirmations(0.2, 0.001, exact)}");
        Assert.Contains("the paper's table", $"{Exercise.CheckConfirmations(0.2, 0.001, paper)}");
        Assert.Contains("fewer would do", $"{Exercise.CheckConfirmations(0.2, 0.001, exact + 1)}");
        Assert.Contains("is still", $"{Exercise.CheckConfirmations(0.2, 0.001, 1)}");
    }

    private static Transaction Paid(long amount) =>
        Payment.Spend(Coin).Pay(Address.OfWitness(Z), amount).Change(Address.OfWitness(Y.PublicKey), 1_000).Sign(Y);

    private static string Check(Transaction transaction) => $"{Exercise.CheckPayment(transaction, Coin, Z, 3.Bitcoins(), Y.PublicKey)}";
}
