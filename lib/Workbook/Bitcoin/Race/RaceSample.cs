using System.Globalization;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>Races that were run block by block, and how many of them the attacker has won.</summary>
/// <param name="Attacker">q, the attacker's share of the hashing.</param>
/// <param name="Confirmations">z, the blocks that the payee waited for.</param>
/// <param name="Races">How many races.</param>
/// <param name="Wins">In how many of them the attacker drew level.</param>
[TypeFormatterSource]
public sealed record RaceSample(double Attacker, int Confirmations, int Races, int Wins) : IDisplay
{
    /// <summary>With more of the hashing, a race that the attacker loses takes too long to call.</summary>
    internal const double StrongestAttacker = 0.49;

    /// <summary>An attacker gives up when it would catch up with less than this probability; the share of wins is too small by no more than that.</summary>
    private const double Hopeless = 1e-9;

    /// <summary>Races that draw from one stream; so the answer does not depend on the number of cores.</summary>
    private const int Lot = 10_000;

    /// <summary>The quantile of the normal law for 99 %.</summary>
    private const double Quantile = 2.5758293035489;

    /// <summary>The share of races that the attacker has won.</summary>
    public double Share => Wins / (double)Races;

    /// <summary>Where the probability lies with a confidence of 99 % (Wilson's interval).</summary>
    public (double Low, double High) Interval
    {
        get
        {
            var square = Quantile * Quantile;
            var middle = (Wins + (square / 2)) / (Races + square);
            var half = Quantile / (Races + square) * Math.Sqrt((Wins * (1 - Share)) + (square / 4));
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }

    /// <summary>Whether a probability lies in the interval.</summary>
    public bool Allows(double probability) => probability >= Interval.Low && probability <= Interval.High;

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary><c>q = 0.1, z = 2: 55,973 of 1,000,000 races won, 0.05597 (99 %: 0.05538 to 0.05657)</c></summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"q = {Attacker}, z = {Confirmations}: {Wins:N0} of {Races:N0} races won, {Share:0.0000000} (99 %: {Interval.Low:0.0000000} to {Interval.High:0.0000000})");

    internal static RaceSample Of(double attacker, int confirmations, int races, ulong seed)
    {
        var rng = new Rng(seed);
        var lots = Enumerable.Range(0, (races + Lot - 1) / Lot).AsParallel();
        return new RaceSample(attacker, confirmations, races, lots.Sum(lot => WinsOf(lot)));

        int WinsOf(int lot)
        {
            var (own, giveUp) = (rng.Fork(lot), GiveUp(attacker));
            return Enumerable.Range(0, Math.Min(Lot, races - (lot * Lot))).Count(_ => IsWon(own, attacker, confirmations, giveUp));
        }
    }

    private static int GiveUp(double attacker) => attacker == 0 ? 1 : (int)Math.Ceiling(Math.Log(Hopeless) / Math.Log(attacker / (1 - attacker)));

    private static bool IsWon(Rng rng, double attacker, int confirmations, int giveUp)
    {
        var behind = 0;
        for (var honest = 0; honest < confirmations;)
        {
            if (rng.Chance(attacker))
            {
                behind--;
            }
            else
            {
                behind++;
                honest++;
            }
        }

        while (behind > 0 && behind < giveUp) behind += rng.Chance(attacker) ? -1 : 1;
        return behind <= 0;
    }
}
