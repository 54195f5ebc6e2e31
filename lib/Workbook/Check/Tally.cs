using Workbook.Sim;

namespace Workbook.Check;

/// <summary>What is kept of a run when it is over.</summary>
internal sealed record Summary(Schedule Schedule, string? Violation, long Events, IReadOnlyList<string> Met, IReadOnlyList<string> Wanted)
{
    public static Summary Of(SceneRun run, Schedule given) => new(
        run.Violation is null || run.Run.Chosen is null ? given : run.Run.Schedule, run.Violation, run.Run.Events, run.Met, run.Wanted);
}

/// <summary>Counts runs, in the order in which they are added.</summary>
internal sealed class Tally
{
    private readonly List<Finding> _violations = [];
    private readonly SortedDictionary<string, int> _met = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = [];
    private readonly List<string> _wanted = [];

    public int Runs { get; private set; }

    public void Add(Summary run)
    {
        Runs++;
        foreach (var name in run.Met.Distinct()) _met[name] = _met.GetValueOrDefault(name) + 1;
        foreach (var name in run.Wanted)
        {
            if (_known.Add(name)) _wanted.Add(name);
        }

        if (run.Violation is { } violation) _violations.Add(new Finding(run.Schedule.Seed, violation, run.Events) { Schedule = run.Schedule });
    }

    public IEnumerable<Finding> Smallest(int count) => _violations.OrderBy(finding => finding.Events).Take(count);

    public Exploration ToExploration(TimeSpan elapsed) => new(Runs, elapsed, _violations, _met)
    {
        NeverMet = [.. _wanted.Where(name => !_met.ContainsKey(name))],
    };
}
