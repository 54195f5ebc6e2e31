namespace Workbook.Bitcoin;

/// <summary>
/// The race of §11: an attacker who has paid mines in secret on the block before the payment, while the payee waits until the payment has so many
/// confirmations. How likely is it that the attacker's chain ever gets as long as the honest one, and the payment is undone?
/// </summary>
/// <remarks>
/// Each next block is the attacker's with probability q, its share of all the hashing, and with p = 1 − q that of the others. As in the paper, the attacker
/// wins by drawing level.
/// </remarks>
public static class DoubleSpendRace
{
    /// <summary>More confirmations than these are not searched for.</summary>
    private const int MostConfirmations = 1_000_000;

    /// <summary>The probability to catch up from so many blocks behind, ever (§11): (q/p)^z, a gambler's ruin.</summary>
    /// <param name="attacker">q, the attacker's share of the hashing, from 0 up to but not 1.</param>
    /// <param name="behind">z, how many blocks behind, 0 or more.</param>
    /// <exception cref="ArgumentException">The share or the number cannot be.</exception>
    public static double CatchUp(double attacker, int behind)
    {
        Check(attacker, behind);
        return attacker >= 0.5 ? 1 : Math.Pow(attacker / (1 - attacker), behind);
    }

    /// <summary>
    /// The paper's formula: while the others mine z blocks the attacker's blocks follow Poisson's law with mean z q/p, and from there it has to catch up.
    /// </summary>
    /// <param name="attacker">q, the attacker's share of the hashing, from 0 up to but not 1.</param>
    /// <param name="confirmations">z, the blocks that the payee waits for, 0 or more.</param>
    /// <exception cref="ArgumentException">The share or the number cannot be.</exception>
    public static double AttackerSuccess(double attacker, int confirmations) => Success(attacker, confirmations, RaceLaw.Poisson);

    /// <summary>
    /// The same race without the approximation: the attacker's blocks follow the negative binomial law (Rosenfeld, 2014). In closed form it is the regularised
    /// incomplete beta function I(4pq; z, 1/2) (Grunspan and Pérez-Marco, 2017).
    /// </summary>
    /// <inheritdoc cref="AttackerSuccess"/>
    public static double ExactSuccess(double attacker, int confirmations) => Success(attacker, confirmations, RaceLaw.NegativeBinomial);

    /// <summary>How likely it is that the attacker has mined exactly so many blocks when the others have mined z.</summary>
    /// <param name="attacker">q, the attacker's share of the hashing, from 0 up to but not 1.</param>
    /// <param name="confirmations">z, 0 or more.</param>
    /// <param name="blocks">The attacker's blocks, 0 or more.</param>
    /// <param name="law">The paper's law, or the exact one.</param>
    /// <exception cref="ArgumentException">The share or a number cannot be.</exception>
    public static double AttackerBlocks(double attacker, int confirmations, int blocks, RaceLaw law)
    {
        Check(attacker, confirmations);
        if (blocks < 0) throw new ArgumentException($"An attacker cannot have mined {blocks} blocks; give 0 or more.", nameof(blocks));
        if (attacker == 0 || confirmations == 0) return blocks == 0 ? 1 : 0;
        var log = law == RaceLaw.Poisson ? -confirmations * attacker / (1 - attacker) : confirmations * Math.Log(1 - attacker);
        for (var k = 1; k <= blocks; k++) log += Math.Log(Growth(attacker, confirmations, k, law));
        return Math.Exp(log);
    }

    /// <summary>The fewest confirmations with which the attacker's chance is below a bound: the paper's last table, for 0.1 %.</summary>
    /// <param name="attacker">q, the attacker's share of the hashing, from 0 up to but not 0.5.</param>
    /// <param name="risk">The bound, above 0 and at most 1.</param>
    /// <param name="law">The paper's law, or the exact one.</param>
    /// <exception cref="ArgumentException">With half of the hashing the attacker always catches up; or a million confirmations are not enough.</exception>
    public static int ConfirmationsFor(double attacker, double risk = 0.001, RaceLaw law = RaceLaw.Poisson)
    {
        Check(attacker, 0);
        if (risk is not (> 0 and <= 1)) throw new ArgumentException($"A risk of {risk} cannot be had; give a number above 0, at most 1.", nameof(risk));
        if (attacker >= 0.5)
        {
            throw new ArgumentException(
                $"With {attacker} of the hashing the attacker catches up for certain, however long the payee waits; give less than 0.5.", nameof(attacker));
        }

        var (few, enough) = (-1, 1);
        for (; Success(attacker, enough, law) >= risk; enough *= 2)
        {
            if (enough > MostConfirmations) throw new ArgumentException($"A million confirmations do not bring the risk below {risk}; allow more risk.", nameof(risk));
            few = enough;
        }

        while (enough - few > 1)
        {
            var middle = few + ((enough - few) / 2);
            if (Success(attacker, middle, law) < risk) enough = middle;
            else few = middle;
        }

        return enough;
    }

    /// <summary>Runs the race itself, block by block, many times on all cores.</summary>
    /// <param name="attacker">q, the attacker's share of the hashing, from 0 to 0.49.</param>
    /// <param name="confirmations">z, 0 or more.</param>
    /// <param name="races">How many races, 1 or more.</param>
    /// <param name="seed">Decides all races.</param>
    /// <exception cref="ArgumentException">The share or a number cannot be.</exception>
    public static RaceSample Run(double attacker, int confirmations, int races = 1_000_000, ulong seed = 0)
    {
        Check(attacker, confirmations);
        if (races < 1) throw new ArgumentException($"Run at least one race, not {races}.", nameof(races));
        return attacker <= RaceSample.StrongestAttacker
            ? RaceSample.Of(attacker, confirmations, races, seed)
            : throw new ArgumentException(
                $"With {attacker} of the hashing a race can last for ever; give at most {RaceSample.StrongestAttacker}.", nameof(attacker));
    }

    /// <summary>
    /// The paper's sum. It is written there as one minus the races that are lost; here the ones that are won are added, so that small chances keep their
    /// digits.
    /// </summary>
    private static double Success(double attacker, int confirmations, RaceLaw law)
    {
        Check(attacker, confirmations);
        if (attacker >= 0.5 || confirmations == 0) return 1;
        if (attacker == 0) return 0;
        var (z, ratio) = (confirmations, Math.Log(attacker / (1 - attacker)));
        var log = law == RaceLaw.Poisson ? -z * attacker / (1 - attacker) : z * Math.Log(1 - attacker);
        var sum = Math.Exp(log + (z * ratio));
        for (var k = 1; ; k++)
        {
            log += Math.Log(Growth(attacker, z, k, law));
            var term = Math.Exp(log + (Math.Max(0, z - k) * ratio));
            sum += term;
            if (k > z && term <= sum * 1e-18) return Math.Min(1, sum);
        }
    }

    /// <summary>How much likelier k blocks are than k − 1.</summary>
    private static double Growth(double attacker, int confirmations, int k, RaceLaw law) => law == RaceLaw.Poisson
        ? confirmations * attacker / (1 - attacker) / k
        : attacker * (confirmations + k - 1) / k;

    private static void Check(double attacker, int blocks)
    {
        if (attacker is not (>= 0 and < 1))
            throw new ArgumentException($"An attacker cannot have {attacker} of the hashing; give a share from 0 up to but not 1.", nameof(attacker));
        if (blocks < 0) throw new ArgumentException($"There cannot be {blocks} blocks; give 0 or more.", nameof(blocks));
    }
}

/// <summary>How many blocks the attacker mines while the others mine z.</summary>
public enum RaceLaw
{
    /// <summary>The paper's: as if z blocks always took the time that they take on average.</summary>
    Poisson,

    /// <summary>The exact one: z blocks sometimes take longer, and then the attacker has more time.</summary>
    NegativeBinomial,
}
