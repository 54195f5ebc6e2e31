using Workbook.Check;
using Workbook.Raft;

namespace Workbook.Labs;

/// <summary>What happens to the labs' tests when one of Raft's rules is switched off.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Caught">The tests that fail, and in what share of the seeds; the surest first.</param>
/// <param name="Property">The property that is broken first, most often; "liveness" when something that should come does not; null when nothing was
/// seen.</param>
/// <param name="Share">In what share of the seeds, where it is seen most.</param>
/// <param name="Where">Where that is: a test, or the rule's own scene.</param>
/// <param name="Events">The events of the smallest run in which anything is caught; null when nothing is.</param>
public sealed record Mutation(RaftRule Rule, IReadOnlyList<(string Test, double Share)> Caught, string? Property, double Share, string? Where, long? Events)
{
    /// <summary>Runs all tests of lab 2, and the rule's scene, without the rule.</summary>
    internal static Mutation Of(RaftRule rule, int seeds, IEnumerable<Func<RaftRules, LabTest>> tests)
    {
        var lab = RaftOptions.Lab.Rules;
        var off = rule.Without with { NoOpAtTermStart = lab.NoOpAtTermStart };
        var findings = tests.Select(test => test(off)).Select(test => Finding.Of(test, seeds)).Append(Finding.Of(rule, seeds)).ToList();
        var seen = findings.Where(finding => finding.Property is not null).MaxBy(finding => finding.PropertyShare);
        return new Mutation(
            rule,
            [.. findings.Where(finding => finding is { IsTest: true, Share: > 0 }).OrderByDescending(finding => finding.Share).Select(finding => (finding.Name, finding.Share))],
            seen?.Property, seen?.PropertyShare ?? 0, seen?.Name, findings.Min(finding => finding.Events));
    }

    /// <summary>What one test, or one scene, has shown.</summary>
    private sealed record Finding(string Name, bool IsTest, double Share, string? Property, double PropertyShare, long? Events)
    {
        public static Finding Of(LabTest test, int seeds)
        {
            var settings = Enumerable.Range(0, seeds).Select(seed => new BenchSetting((ulong)seed) { Figure3 = Figure3Watch.Noted }).ToList();
            LabRun[] runs = [.. LabRunner.Play(test, settings).OfType<LabRun>()];
            var failed = runs.Where(run => !run.Passed).ToList();
            var (property, count) = MostFrequent(runs.Select(run => run.Figure3.Property));
            return new Finding(
                test.Name, true, (double)failed.Count / runs.Length, property, (double)count / runs.Length,
                failed.Count == 0 ? null : failed.Min(run => run.Scene.Run.Events));
        }

        public static Finding Of(RaftRule rule, int seeds)
        {
            var found = Explore.Seeds(seeds, schedule => rule.Scene(schedule, rule.Without));
            var (property, count) = MostFrequent(found.Violations.Select(violation => Named(violation.Violation)));
            return new Finding("its scene", false, (double)found.Violations.Count / seeds, property, (double)count / seeds,
                found.Violations.Count == 0 ? null : found.Violations.Min(violation => violation.Events));
        }

        private static string Named(string violation) =>
            RaftSafety.Properties.FirstOrDefault(property => violation.StartsWith($"{property}:", StringComparison.Ordinal)) ?? "liveness";

        private static (string? Property, int Count) MostFrequent(IEnumerable<string?> properties) => properties.OfType<string>()
            .GroupBy(property => property).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => ((string?)group.Key, group.Count())).FirstOrDefault();
    }
}
