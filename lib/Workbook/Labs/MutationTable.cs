using System.Globalization;
using Workbook.Draw;

namespace Workbook.Labs;

/// <summary>
/// Each rule of Raft and of the store switched off: which tests of the lab notice, which property is broken, in what share of the seeds. A test suite that does
/// not notice a missing rule does not test it.
/// </summary>
/// <param name="Seeds">How many seeds each test was run from.</param>
/// <param name="Rows">A row a rule.</param>
[TypeFormatterSource]
public sealed record MutationTable(int Seeds, IReadOnlyList<Mutation> Rows) : IDisplay
{
    /// <summary>Of the tests that fail so many are named; their names are long.</summary>
    private const int MostTests = 2;

    /// <summary>Computes it: as many runs as rules × (tests + 1) × seeds.</summary>
    /// <param name="seeds">How many seeds for each rule and test.</param>
    /// <param name="rules">The names of the rules; all when left out.</param>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public static MutationTable Explore(int seeds, IEnumerable<string>? rules = null) => seeds >= 1
        ? new(seeds, [.. (rules?.Select(Rule) ?? RuleOff.All).Select(rule => Mutation.Of(rule, seeds))])
        : throw new ArgumentOutOfRangeException(nameof(seeds), seeds, "Run the tests from at least one seed.");

    /// <summary>The names of the rules in the table: Raft's, noticed by lab 2 or not, and the store's, noticed by lab 3 or not.</summary>
    public static IReadOnlyList<string> Rules { get; } = [.. RuleOff.All.Select(rule => rule.Name)];

    /// <summary>The names of Raft's rules, which are put to the tests of lab 2.</summary>
    public static IReadOnlyList<string> Lab2Rules { get; } = [.. RuleOff.OfLab2.Select(rule => rule.Name)];

    /// <summary>The names of the store's rules, which are put to the tests of lab 3.</summary>
    public static IReadOnlyList<string> Lab3Rules { get; } = [.. RuleOff.OfLab3.Select(rule => rule.Name)];

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => Table().ToMimeBundle();

    /// <summary>The table as text.</summary>
    public override string ToString() => Table().ToText();

    private static RuleOff Rule(string name) => RuleOff.All.FirstOrDefault(rule => rule.Name == name)
        ?? throw new ArgumentException($"There is no rule {name}; there are {string.Join(", ", Rules)}.");

    private Table Table() => Draw.Table.Of(
        string.Create(CultureInfo.InvariantCulture, $"Who notices that a rule is missing? {Seeds:N0} seeds each"),
        Rows,
        ("without", row => row.Rule),
        ("source", row => row.Source),
        ("what is broken first", row => row.Property is null ? "nothing seen" : $"{row.Property}, {Percent(row.Share)} of {row.Where}"),
        ("events of the smallest run", row => row.Events),
        ("tests of the lab that fail", row => Tests(row)));

    private static string Tests(Mutation row) => row.Caught.Count == 0
        ? "none"
        : string.Join(", ", row.Caught.Take(MostTests).Select(one => $"{one.Test} {Percent(one.Share)}"))
            + (row.Caught.Count > MostTests ? $", {row.Caught.Count - MostTests} more" : "");

    private static string Percent(double share) => share is > 0 and < 0.01
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
