using Workbook.Check;

namespace Workbook.Labs;

/// <summary>A test of a lab on servers of one kind: a function of the seed.</summary>
public sealed class LabTest
{
    private const long MostEventsToShrink = 3_000_000;

    private readonly Func<BenchSetting, Bench> _bench;
    private readonly Func<BenchSetting, Bench> _fair;
    private long _shrinking;

    /// <param name="name">Its name in the lab.</param>
    /// <param name="asks">What it asks for, in a line.</param>
    /// <param name="bench">The bench with the servers to be tested.</param>
    /// <param name="fair">The same with servers that pass, to know whether a smaller test can be passed at all.</param>
    /// <param name="repeat">The line that repeats a run of a seed.</param>
    internal LabTest(string name, string asks, Func<BenchSetting, Bench> bench, Func<BenchSetting, Bench> fair, Func<ulong, string> repeat) =>
        (Name, Asks, _bench, _fair, Repeat) = (name, asks, bench, fair, repeat);

    /// <summary>Its name in the lab: <c>TestBasicAgree</c>.</summary>
    public string Name { get; }

    /// <summary>What it asks for, in a line.</summary>
    public string Asks { get; }

    internal Func<ulong, string> Repeat { get; }

    /// <summary>Runs it from one seed; the whole run is kept.</summary>
    public LabRun Run(ulong seed) => Run(new BenchSetting(seed) { Trace = Sim.TraceLimit.Whole });

    /// <summary>Runs it once.</summary>
    public LabRun Run(BenchSetting setting) => LabRunner.Play(this, setting);

    /// <summary>Runs it from many seeds, on all cores.</summary>
    /// <param name="seeds">How many: seeds 0, 1, 2…</param>
    /// <param name="figure3">Whether the properties of Figure 3 are watched as well.</param>
    public LabReport Explore(int seeds = 200, Figure3Watch figure3 = Figure3Watch.Off) => LabReport.Of(Name, [this], seeds, figure3);

    /// <summary><c>TestBasicAgree: 3 entries at the expected indices…</c></summary>
    public override string ToString() => $"{Name}: {Asks}";

    internal LabRun Play(BenchSetting setting) => _bench(setting).Play(this);

    /// <summary>
    /// The run without some of its steps. What it then breaks counts only if it is the same, and if the test could still be passed.
    /// </summary>
    internal LabRun Smaller(BenchSetting setting, LabFailure failure, int steps, IReadOnlyList<Sim.PlannedFault> kept)
    {
        var numbers = kept.OfType<LabStep>().Select(step => step.Number).ToHashSet();
        var leftOut = Enumerable.Range(0, steps).Where(number => !numbers.Contains(number)).ToHashSet();
        var smaller = setting with { LeftOut = leftOut, Trace = Sim.TraceLimit.Whole };
        if (_shrinking > MostEventsToShrink) return Nothing(smaller);
        var run = LabRunner.Play(this, smaller);
        _shrinking += run.Scene.Run.Events;
        if (run.Failure?.Kind != failure.Kind) return Nothing(smaller);
        if (run.Failure.IsCertain) return run;
        var fair = _fair(smaller with { Trace = Sim.TraceLimit.Off }).Play(this);
        _shrinking += fair.Scene.Run.Events;
        return fair.Passed ? run : Nothing(smaller);
    }

    private LabRun Nothing(BenchSetting setting) => new(Name, setting.Seed, new SceneRun(null, new Sim.Simulation(setting.Seed)));
}
