using System.Globalization;
using Workbook.Draw;
using Workbook.Raft;

namespace Workbook.Labs;

/// <summary>
/// Each of Raft's rules switched off: which tests of the lab notice, which property is broken, in what share of the seeds. A test suite that does not notice
/// a missing rule does not test it.
/// </summary>
/// <param name="Seeds">How many seeds each test was run from.</param>
/// <param name="Rows">A row a rule.</param>
[TypeFormatterSource]
public sealed record MutationTable(int Seeds, IReadOnlyList<Mutation> Rows) : IDisplay
{
    /// <summary>Computes it: as many runs as rules × (tests + 1) × seeds.</summary>
    /// <param name="seeds">How many seeds for each rule and test.</param>
    /// <param name="rules">The names of the rules; all when left out.</param>
    /// <param name="tests">The tests, made for a set of rules; those of lab 2 when left out.</param>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public static MutationTable Explore(int seeds, IEnumerable<string>? rules = null, IEnumerable<Func<RaftRules, LabTest>>? tests = null)
    {
        if (seeds < 1) throw new ArgumentOutOfRangeException(nameof(seeds), seeds, "Run the tests from at least one seed.");
        var all = (tests ?? Lab2.OnRules).ToList();
        return new(seeds, [.. (rules?.Select(Rule) ?? Rules).Select(rule => Mutation.Of(rule, seeds, all))]);
    }

    /// <summary>The rules in the table: those of <see cref="RuleTable"/>, and one whose absence only costs requests.</summary>
    public static IReadOnlyList<RaftRule> Rules { get; } =
        [.. RuleTable.Rules, new RaftRule("ConflictTermBackup", "§5.3", RaftRules.All with { ConflictTermBackup = false }, RaftScenes.Chaos)];

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => Table().ToMimeBundle();

    /// <summary>The table as text.</summary>
    public override string ToString() => Table().ToText();

    private static RaftRule Rule(string name) => Rules.FirstOrDefault(rule => rule.Name == name)
        ?? throw new ArgumentException($"There is no rule {name}; there are {string.Join(", ", Rules.Select(rule => rule.Name))}.");

    private Table Table() => Draw.Table.Of(
        string.Create(CultureInfo.InvariantCulture, $"Who notices that a rule is missing? {Seeds:N0} seeds each"),
        Rows,
        ("without", row => row.Rule.Name),
        ("paper", row => row.Rule.Source),
        ("tests of the lab that fail", row => Tests(row)),
        ("what is broken first", row => row.Property is null ? "nothing seen" : $"{row.Property}, {Percent(row.Share)} of {row.Where}"),
        ("events of the smallest run", row => row.Events));

    private static string Tests(Mutation row) => row.Caught.Count == 0
        ? "none"
        : string.Join(", ", row.Caught.Take(3).Select(one => $"{one.Test} {Percent(one.Share)}")) + (row.Caught.Count > 3 ? $", {row.Caught.Count - 3} more" : "");

    private static string Percent(double share) => share is > 0 and < 0.01
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
