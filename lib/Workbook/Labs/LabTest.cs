using Workbook.Check;

namespace Workbook.Labs;

/// <summary>A test of a lab on servers of one kind: a function of the seed.</summary>
public sealed class LabTest
{
    private readonly Func<BenchSetting, Bench> _bench;
    private readonly Func<BenchSetting, Bench> _fair;

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
    /// A smaller run: without some steps, or messages. What it breaks counts only if it is the same, and if the test can still be passed.
    /// </summary>
    internal SceneRun Smaller(Shrinkage shrinkage, BenchSetting setting)
    {
        // What is drawn in the end is played in any case.
        if (shrinkage.IsOver && setting.Trace.Most == 0) return Nothing;
        var run = LabRunner.Play(this, setting with { Shrinkage = shrinkage });
        if (!shrinkage.Accepts(run)) return Nothing;
        if (!run.Failure!.IsCertain)
        {
            var fair = _fair(setting with { Trace = Sim.TraceLimit.Off, Stage = null }).Play(this);
            shrinkage.Played(fair);
            if (!fair.Passed) return Nothing;
        }

        shrinkage.Took(run);
        return run.Scene;
    }

    private static SceneRun Nothing { get; } = new(null, new Sim.Simulation(0));
}
