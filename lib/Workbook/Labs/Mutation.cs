using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>What happens to the labs' tests when a rule of Raft, or of the store above it, is switched off.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Caught">The tests that fail, and in what share of the seeds; the surest first.</param>
/// <param name="Property">The property that is broken first, most often; "liveness" when something that should come does not; null when nothing was
/// seen.</param>
/// <param name="Share">In what share of the seeds, where it is seen most.</param>
/// <param name="Where">Where that is: a test, or the rule's own scene.</param>
/// <param name="Events">The events of the smallest run in which anything is caught; null when nothing is.</param>
public sealed record Mutation(
    string Rule, string Source, IReadOnlyList<(string Test, double Share)> Caught, string? Property, double Share, string? Where, long? Events)
{
    /// <summary>Runs all the tests, and the rule's scene, without the rule.</summary>
    internal static Mutation Of(RuleOff rule, int seeds)
    {
        List<Finding> findings = [.. rule.Tests.Select(test => Finding.Of(test, rule.Broken, seeds))];
        if (rule.Scene is not null) findings.Add(Finding.Of(rule.Scene, seeds));
        var seen = findings.Where(finding => finding.Property is not null).MaxBy(finding => finding.PropertyShare);
        return new Mutation(
            rule.Name, rule.Source,
            [.. findings.Where(finding => finding is { IsTest: true, Share: > 0 }).OrderByDescending(finding => finding.Share)
                .Select(finding => (finding.Name, finding.Share))],
            seen?.Property, seen?.PropertyShare ?? 0, seen?.Name, findings.Min(finding => finding.Events));
    }

    /// <summary>What one test, or one scene, has shown.</summary>
    private sealed record Finding(string Name, bool IsTest, double Share, string? Property, double PropertyShare, long? Events)
    {
        /// <summary>A scene in which nothing was seen is looked at from more seeds, up to so many times as many.</summary>
        private const int MostScenes = 75;

        public static Finding Of(LabTest test, Func<LabRun, string?> broken, int seeds)
        {
            var settings = Enumerable.Range(0, seeds).Select(seed => new BenchSetting((ulong)seed) { Figure3 = Figure3Watch.Noted }).ToList();
            LabRun[] runs = [.. LabRunner.Play(test, settings).OfType<LabRun>()];
            var failed = runs.Where(run => !run.Passed).ToList();
            var (property, count) = MostFrequent(runs.Select(broken));
            return new Finding(
                test.Name, true, (double)failed.Count / runs.Length, property, (double)count / runs.Length,
                failed.Count == 0 ? null : failed.Min(run => run.Scene.Run.Events));
        }

        public static Finding Of(Func<Schedule, SceneRun> scene, int seeds)
        {
            for (var count = seeds; ; count = Math.Min(4 * count, MostScenes * seeds))
            {
                var found = Explore.Seeds(count, (ulong seed) => Once(scene, seed)).Violations;
                if (found.Count == 0 && count < MostScenes * seeds) continue;
                var (property, times) = MostFrequent(found.Select(violation => RuleOff.Named(violation.Violation)));
                return new Finding(
                    "its scene", false, (double)found.Count / count, property, (double)times / count,
                    found.Count == 0 ? null : found.Min(violation => violation.Events));
            }
        }

        /// <summary>A run that is counted and never drawn, so nothing of it is kept and nothing is shrunk.</summary>
        private static SceneRun Once(Func<Schedule, SceneRun> scene, ulong seed) =>
            scene(Schedule.Times(seed) with { Trace = TraceLimit.Off });

        private static (string? Property, int Count) MostFrequent(IEnumerable<string?> properties) => properties.OfType<string>()
            .GroupBy(property => property).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => ((string?)group.Key, group.Count())).FirstOrDefault();
    }
}
