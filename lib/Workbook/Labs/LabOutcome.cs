using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>How one test went over many seeds.</summary>
/// <param name="Test">The test.</param>
/// <param name="Runs">How many seeds were played to their end.</param>
/// <param name="Failed">In how many of them the test failed.</param>
public sealed record LabOutcome(LabTest Test, int Runs, int Failed)
{
    /// <summary>Whether it was passed from every seed.</summary>
    public bool Passed => Failed == 0 && !IsCrowdedOut;

    /// <summary>
    /// The failing run with the fewest events; where it is drawn, without the steps that it does not need. Null when none failed.
    /// </summary>
    public LabRun? Smallest { get; private init; }

    /// <summary>Whether it was not run at all, because servers of earlier runs loop on and hold all cores.</summary>
    public bool IsCrowdedOut { get; private init; }

    /// <summary>What was seen; empty when nothing went wrong.</summary>
    public string Sentence => IsCrowdedOut
        ? "Not run: servers of earlier tests loop for ever, in code that cannot be ended, and hold all cores. Mend that, and restart the kernel."
        : Smallest?.Sentence ?? "";

    /// <summary>What it came across, and in how many runs.</summary>
    public IReadOnlyDictionary<string, int> Met { get; private init; } = new Dictionary<string, int>();

    /// <summary>The line that repeats the smallest failing run, with all its steps; null when none failed.</summary>
    public string? Repeat => Smallest is { } run ? Test.Repeat(run.Seed) : null;

    /// <summary>Events of all runs together.</summary>
    public long Events { get; private init; }

    /// <summary>Plays the test from seeds 0, 1, 2…</summary>
    /// <param name="test">The test.</param>
    /// <param name="seeds">How many seeds.</param>
    /// <param name="figure3">Whether Figure 3's properties are watched.</param>
    /// <param name="isDrawn">Whether a run that fails is to be drawn: it is then made smaller, which takes longer than the test itself.</param>
    internal static LabOutcome Of(LabTest test, int seeds, Figure3Watch figure3, bool isDrawn = true)
    {
        var settings = Enumerable.Range(0, seeds).Select(seed => new BenchSetting((ulong)seed) { Figure3 = figure3 }).ToList();
        if (LabRunner.IsCrowdedOut) return new LabOutcome(test, 0, 0) { IsCrowdedOut = true };
        LabRun[] runs = [.. LabRunner.Play(test, settings).OfType<LabRun>()];
        LabRun[] failed = [.. runs.Where(run => !run.Passed)];
        return new LabOutcome(test, runs.Length, failed.Length)
        {
            Smallest = failed.Length == 0 ? null : Shown(test, failed.MinBy(run => (run.Scene.Run.Events, run.Seed))!, figure3, isDrawn),
            Met = runs.SelectMany(run => run.Scene.Met.Distinct()).GroupBy(met => met).OrderBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Count()),
            Events = runs.Sum(run => run.Scene.Run.Events),
        };
    }

    /// <summary>Plays it once more; to be drawn, with its trace kept, and takes away what it does not need.</summary>
    private static LabRun Shown(LabTest test, LabRun failed, Figure3Watch figure3, bool isDrawn)
    {
        if (!failed.Failure!.CanBeRepeated) return failed;
        var again = LabRunner.Play(test, new BenchSetting(failed.Seed) { Trace = isDrawn ? TraceLimit.Whole : TraceLimit.Off, Figure3 = figure3 });
        if (again.Sentence != failed.Sentence && failed.Failure.Kind != "Standstill") return again.Otherwise(failed.Sentence!);
        return again.Failure?.Kind == "Standstill" || !isDrawn ? again : again.Shrunk();
    }
}
