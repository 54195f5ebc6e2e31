using Workbook.Check;
using Workbook.Draw;
using Workbook.KeyValue;

namespace Workbook.Labs;

/// <summary>One run of a lab's test.</summary>
/// <param name="Name">The test.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Scene">The run, to draw, to shrink and to step through.</param>
[TypeFormatterSource]
public sealed record LabRun(string Name, ulong Seed, SceneRun Scene) : IDisplay
{
    private const int Drawn = 160;

    /// <summary>Whether the test was passed.</summary>
    public bool Passed => Scene.Violation is null;

    /// <summary>What was seen when it failed, with server and virtual time; null when it was passed.</summary>
    public string? Sentence => Scene.Violation;

    /// <summary>The property of Figure 3 that was broken first, where it was watched, and after how many events; null when none was.</summary>
    public (string? Property, long Events) Figure3 { get; internal init; }

    internal LabFailure? Failure { get; init; }

    /// <summary>A run counts as a scene wherever scenes are explored.</summary>
    public static implicit operator SceneRun(LabRun run) => run.Scene;

    /// <summary>
    /// The same failure with as few crashes, disconnections and rounds as still lead to it, and, where it lies in what the servers did, with as few
    /// messages. A run that was passed is itself.
    /// </summary>
    public LabRun Shrunk() => Passed || Scene.WithFaults is null ? this : this with { Scene = Shrink.Run(Scene) };

    /// <summary>The run to step through, event by event, with what each server is: of a reader's own, its fields.</summary>
    public Replay Replay() => Scene.Replay();

    /// <summary>The run drawn: its last events, which lead to the failure. Heartbeats that changed nothing are left out.</summary>
    /// <param name="heartbeats">Draws them too.</param>
    public SpaceTimeDiagram SpaceTime(bool heartbeats = false) => Last(Drawn, heartbeats);

    private SpaceTimeDiagram Last(int events, bool heartbeats = false)
    {
        var whole = Scene.Run.SpaceTimeOfStore($"{Name}, seed {Seed}", raft: true, heartbeats);
        var times = whole.Arrows.Select(arrow => arrow.Sent).Concat(whole.Marks.Select(mark => mark.At)).Order().ToList();
        return times.Count <= events ? whole : whole.Between(times[^events], Scene.Run.Now.SinceStart + TimeSpan.FromMilliseconds(1));
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => Passed || Scene.Run.Trace.Kept == 0
        ? MimeBundle.Text(ToString())
        : new MimeBundle($"{MimeBundle.Text(ToString()).Html}\n{Pictures()}", $"{ToString()}\n\n{SpaceTime().ToText()}");

    /// <summary>What clients saw, where there are any and no single machine could have answered so; then who said what to whom. As HTML.</summary>
    /// <param name="events">How many events are drawn at the most: the last.</param>
    internal string Pictures(int events = Drawn) => Scene.History is { } history && ClientView.Verdict(history) is { Verdict: Verdict.No } verdict
        ? $"{verdict.ToMimeBundle().Html}\n{Last(events).ToMimeBundle().Html}"
        : Last(events).ToMimeBundle().Html;

    /// <summary>The verdict in one or two lines.</summary>
    public override string ToString() => Passed
        ? FormattableString.Invariant($"✓ {Name}, seed {Seed}: passed in {Scene.Run.Now.SinceStart.TotalSeconds:0.0} s of virtual time.")
        : $"✗ {Name}, seed {Seed}. {Sentence}{Steps()}";

    /// <summary>The same seed went another way than the first time: then no run of it can be trusted.</summary>
    internal LabRun Otherwise(string first)
    {
        var sentence = $"{first} But played again from the same seed it {(Passed ? "passed" : $"failed otherwise ({Sentence})")}: something in the servers does not come from the run. "
            + "Use Now, Random and Sleep; not DateTime, System.Random, Guid, threads, static fields, or the order of a HashSet or Dictionary.";
        return this with
        {
            Scene = Scene with { Violation = sentence, WithFaults = null, WithSchedule = null },
            Failure = new LabFailure("Not repeatable", sentence, IsCertain: false),
        };
    }

    private string Steps() => Scene.Faults.Count switch
    {
        0 => "",
        <= 12 => $"\n  What the test did: {string.Join(", ", Scene.Faults)}.",
        var count => $"\n  What the test did: {string.Join(", ", Scene.Faults.Take(4))} … {string.Join(", ", Scene.Faults.TakeLast(4))} ({count} steps).",
    };
}
