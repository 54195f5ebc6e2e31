using Workbook.Check;
using Workbook.KeyValue;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>A rule that is switched off: the tests of the lab that should notice, and the scene that does.</summary>
/// <param name="Name">The rule.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Tests">The tests, on servers that do without it.</param>
/// <param name="Scene">The scene, without it; null where nothing can break and only the number of requests shows.</param>
/// <param name="Broken">The property that a run of a test has broken; null when none.</param>
internal sealed record RuleOff(string Name, string Source, IReadOnlyList<LabTest> Tests, Func<Schedule, SceneRun>? Scene, Func<LabRun, string?> Broken)
{
    /// <summary>What can be broken in a scene by its name at the beginning of the sentence; all else is that something does not come.</summary>
    private static readonly string[] Properties = [.. RaftSafety.Properties, "Not linearizable", "Appended twice"];

    /// <summary>Raft's rules, which lab 2 should notice, with one whose absence only costs requests.</summary>
    public static IReadOnlyList<RuleOff> OfLab2 { get; } =
    [
        .. RuleTable.Rules.Select(Of),
        Of(new RaftRule("ConflictTermBackup", "§5.3", "one RPC for each entry", RaftRules.All with { ConflictTermBackup = false }, RaftScenes.Chaos)) with { Scene = null },
    ];

    /// <summary>The store's rules, which lab 3 should notice. One that only ends in faster reads stands in neither lab.</summary>
    public static IReadOnlyList<RuleOff> OfLab3 { get; } = [.. KeyValueRuleTable.Rules.Where(rule => rule.Without is not null).Select(Of)];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RuleOff> All { get; } = [.. OfLab2, .. OfLab3];

    /// <summary>The property that a scene's sentence speaks of.</summary>
    public static string Named(string violation) =>
        Properties.FirstOrDefault(property => violation.StartsWith($"{property}:", StringComparison.Ordinal)) ?? "liveness";

    private static RuleOff Of(RaftRule rule)
    {
        // Figure 2 as the lab asks for it: no empty entry at the start of a term, and no vote denied while a leader is heard, which hides what other rules
        // are for.
        var off = RaftOptions.Lab with { Rules = rule.Without with { NoOpAtTermStart = false, DenyVotesWhileLeaderIsHeard = false } };
        return new RuleOff(
            rule.Name, rule.Source, [.. Lab2.Parts.SelectMany(part => part.Tests.Select(test => part.Test(test, servers => new RaftServer(servers, off))))],
            schedule => rule.Scene(schedule, rule.Without), run => run.Figure3.Property);
    }

    private static RuleOff Of(KeyValueRule rule)
    {
        var off = LabStore.On(KeyValueOptions.Lab with { Rules = rule.Without! });
        return new RuleOff(
            rule.Name, rule.Source, [.. Lab3.Parts.SelectMany(part => part.Tests.Select(test => part.Test(test, off)))],
            schedule => rule.Scene(schedule, false), run => run.Scene.Property);
    }
}
