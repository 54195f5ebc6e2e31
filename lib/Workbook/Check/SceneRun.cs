using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Check;

/// <summary>What one run of a scene showed: a property broken, or none.</summary>
/// <param name="Violation">One sentence about what went wrong; null when nothing did.</param>
/// <param name="Run">The run itself, to read, to draw and to step through.</param>
[TypeFormatterSource]
public sealed record SceneRun(string? Violation, Simulation Run) : IDisplay
{
    /// <summary>The property that was broken; null when a process failed, or the scene does not name its properties.</summary>
    public string? Property { get; init; }

    /// <summary>
    /// Whether the violation lies in what was done, not in what was left undone, so that a run that is cut off, or loses more messages, shows
    /// it just as well. Only then are messages taken away in shrinking.
    /// </summary>
    public bool IsSafety { get; init; }

    /// <summary>What the run came across: the scene's <em>sometimes</em> properties that came true.</summary>
    public IReadOnlyList<string> Met { get; init; } = Run.Met;

    /// <summary>All of the scene's <em>sometimes</em> properties.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = Run.Wanted;

    /// <summary>The faults that were planned for it.</summary>
    public IReadOnlyList<PlannedFault> Faults { get; init; } = Run.Faults;

    /// <summary>What the clients did and saw; null where a scene has none.</summary>
    public History? History { get; init; }

    /// <summary>Finds when clients had seen what is wrong, for shrinking; null where it is not in what they saw.</summary>
    internal Func<TimeSpan?>? SeenBy { get; init; }

    /// <summary>The same run with other faults, for shrinking; null where they are left out through the schedule, or there is none to take away.</summary>
    public Func<IReadOnlyList<PlannedFault>, SceneRun>? WithFaults { get; init; }

    /// <summary>The same scene under another schedule, for shrinking and for keeping more of it; null where the scene knows of none.</summary>
    public Func<Schedule, SceneRun>? WithSchedule { get; init; }

    /// <summary>
    /// Plays a scene in a run that is set up already, then waits for what has to come true <em>eventually</em>. A process that throws and a
    /// property that does not hold are violations; what the scene itself throws is a mistake in the scene, and is thrown on.
    /// </summary>
    /// <param name="run">The run, with its nodes and properties or still without.</param>
    /// <param name="play">What happens in it.</param>
    public static SceneRun Play(Simulation run, Action<Simulation> play)
    {
        try
        {
            play(run);
            run.RunToDeadlines();
            return new SceneRun(null, run);
        }
        catch (SimulationException exception) when (exception.Run == run)
        {
            return Of(exception);
        }
    }

    /// <summary>A scene as a function of its schedule: <c>schedule => SceneRun.Play(schedule, network, run => …)</c>.</summary>
    public static SceneRun Play(Schedule schedule, NetworkOptions? network, Action<Simulation> play) => Play(new Simulation(schedule, network), play);

    /// <summary>The violation that ended a run.</summary>
    internal static SceneRun Of(SimulationException failure) => new(Sentence(failure), failure.Run!)
    {
        Property = failure.Property,
        IsSafety = !failure.IsLiveness,
    };

    /// <summary>What was recorded for stepping through, under a title; null unless the whole run was kept.</summary>
    public Func<string, Replay>? Recorded { get; init; }

    /// <summary>This run with its whole trace; it is run again if that was not kept.</summary>
    public SceneRun Traced() => Run.Trace.IsOn ? this : Whole() ?? this;

    /// <summary>This run to step through; it is run again for that.</summary>
    /// <exception cref="InvalidOperationException">The scene records no states.</exception>
    public Replay Replay() => (Recorded ?? Whole()?.Recorded)?.Invoke(Violation?.TrimEnd('.') ?? "A run")
        ?? throw new InvalidOperationException("This scene does not record what its nodes were, so it cannot be stepped through; draw it instead.");

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    public override string ToString() => Violation ?? "nothing went wrong";

    /// <summary>The run again, and all of it kept: it is a function of its schedule, and whether it is kept changes nothing.</summary>
    private SceneRun? Whole() => WithSchedule?.Invoke(Run.Schedule with { Trace = TraceLimit.Whole });

    private static string Sentence(SimulationException failure)
    {
        var what = failure.Property is not null ? failure.What
            : failure.InnerException is null or BeliefException ? $"{failure.Node}: {failure.What.TrimEnd('.')}"
            : $"{failure.Node} failed with {failure.InnerException.GetType().Name}: {failure.What.TrimEnd('.')}";
        return $"{what.TrimEnd('.')} (at {failure.Time}).";
    }
}
