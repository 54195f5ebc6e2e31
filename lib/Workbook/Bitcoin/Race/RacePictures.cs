using System.Globalization;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>Pictures of the race of §11: what the paper prints, its formula, the exact chance, and races that were run.</summary>
public static class RacePictures
{
    private const string Paper = "Bitcoin (2008)";
    private const string ChancesTitle = "The attacker's chance to undo a payment";

    /// <summary>The attacker's chance over confirmations, on a logarithmic axis: for each attacker the paper's formula and the exact chance.</summary>
    /// <param name="attackers">Shares of the hashing, each above 0 and below 0.5.</param>
    /// <param name="most">The most confirmations, 1 to 500.</param>
    /// <param name="races">How many races are run for each point; none when 0.</param>
    /// <exception cref="ArgumentException">There is no attacker, or a number cannot be.</exception>
    public static Figure Chances(IReadOnlyList<double> attackers, int most = 10, int races = 0)
    {
        ArgumentNullException.ThrowIfNull(attackers);
        if (attackers.Count == 0 || attackers.Any(attacker => attacker is not (> 0 and < 0.5)))
            throw new ArgumentException("Give one attacker or more, each with a share above 0 and below 0.5.", nameof(attackers));
        if (most is < 1 or > 500) throw new ArgumentException($"A figure up to {most} confirmations cannot be read; give 1 to 500.", nameof(most));
        if (races < 0) throw new ArgumentException($"There cannot be {races} races; give 1 or more, or 0 for none.", nameof(races));
        var figure = new Figure(ChancesTitle);
        var all = Enumerable.Range(0, most + 1).ToList();
        foreach (var q in attackers)
        {
            figure = figure.Line(all, all.Select(z => DoubleSpendRace.AttackerSuccess(q, z)), Named(q, "formula of §11")).Trace("line.dash", "dot");
            figure = figure.Line(all, all.Select(z => DoubleSpendRace.ExactSuccess(q, z)), Named(q, "exact"));
            var printed = PublishedRace.Chances.Where(chance => chance.Attacker == q && chance.Confirmations <= most).ToList();
            if (printed.Count > 0)
                figure = figure.Scatter(printed.Select(chance => chance.Confirmations), printed.Select(chance => chance.Paper), Named(q, "printed in §11"));
            if (races > 0) figure = WithRaces(figure, q, all, races);
        }

        return figure.XAxis("confirmations").YAxis("chance", log: true);
    }

    /// <summary>How many blocks the attacker has mined when the others have mined z: Poisson's law with the same mean is narrower than the true one.</summary>
    /// <param name="attacker">q, the attacker's share of the hashing, above 0 and below 0.5.</param>
    /// <param name="confirmations">z, 1 to 500.</param>
    /// <exception cref="ArgumentException">A number cannot be.</exception>
    public static Figure AttackerBlocks(double attacker, int confirmations)
    {
        if (attacker is not (> 0 and < 0.5)) throw new ArgumentException($"Draw an attacker with a share above 0 and below 0.5, not {attacker}.", nameof(attacker));
        if (confirmations is < 1 or > 500) throw new ArgumentException($"Draw 1 to 500 confirmations, not {confirmations}.", nameof(confirmations));
        var mean = confirmations * attacker / (1 - attacker);
        var all = Enumerable.Range(0, (int)(mean + (5 * Math.Sqrt(mean / (1 - attacker)))) + 3).ToList();
        var title = string.Create(CultureInfo.InvariantCulture, $"The attacker's blocks after {confirmations} of the others, q = {attacker}");
        return new Figure(title)
            .Line(all, all.Select(k => DoubleSpendRace.AttackerBlocks(attacker, confirmations, k, RaceLaw.Poisson)), "Poisson (§11)").Trace("line.dash", "dot")
            .Line(all, all.Select(k => DoubleSpendRace.AttackerBlocks(attacker, confirmations, k, RaceLaw.NegativeBinomial)), "negative binomial (exact)")
            .XAxis("attacker's blocks").YAxis("probability", log: true).VerticalLine(confirmations, "level");
    }

    /// <summary>The chances that §11 prints, beside what its formula gives here; and what is exact.</summary>
    public static Comparison PublishedChances() => PublishedRace.Chances.Aggregate(
            new Comparison(Paper, "§11", "the attacker's chance, by the paper's formula") { Decimals = 7 },
            (all, chance) => all.Row(
                string.Create(CultureInfo.InvariantCulture, $"q = {chance.Attacker}, z = {chance.Confirmations}"), chance.Paper, chance.Formula))
        .Because("The formula is the paper's, to its digits. The race itself has a longer tail, since the time for z blocks varies too: that is the exact chance.")
        .DrawnAs(ChancesTitle)
        .Beside("exact", "", PublishedRace.Chances.Select(chance => chance.Exact));

    /// <summary>The confirmations that §11 prints for a chance below 0.1 %, beside what its formula gives here; and what is exact.</summary>
    public static Comparison PublishedWaits() => PublishedRace.Waits.Aggregate(
            new Comparison(Paper, "§11, last table", "confirmations for a chance below 0.1 %, by the paper's formula"),
            (all, wait) => all.Row(string.Create(CultureInfo.InvariantCulture, $"q = {wait.Attacker}"), wait.Paper, wait.Formula))
        .Because("The formula is the paper's. By the exact law of the race a seller must wait longer.")
        .Beside("exact", "", PublishedRace.Waits.Select(wait => (double)wait.Exact));

    /// <summary>A point for each number of confirmations at which the attacker has won a race, with its interval as a bar.</summary>
    private static Figure WithRaces(Figure figure, double attacker, List<int> confirmations, int races)
    {
        var run = confirmations.Select(z => DoubleSpendRace.Run(attacker, z, races, (ulong)z)).Where(sample => sample.Wins > 0).ToList();
        return figure.Scatter(run.Select(sample => sample.Confirmations), run.Select(sample => sample.Share), Named(attacker, "races run"))
            .Trace("error_y.type", "data").Trace("error_y.symmetric", false)
            .Trace("error_y.array", run.Select(sample => sample.Interval.High - sample.Share))
            .Trace("error_y.arrayminus", run.Select(sample => sample.Share - sample.Interval.Low));
    }

    private static string Named(double attacker, string what) => string.Create(CultureInfo.InvariantCulture, $"q = {attacker}: {what}");
}
