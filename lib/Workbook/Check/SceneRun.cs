using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Check;

/// <summary>What one run of a scene showed: a property broken, or none.</summary>
/// <param name="Violation">One sentence about what went wrong; null when nothing did.</param>
/// <param name="Run">The run itself, to read, to draw and to step through.</param>
[TypeFormatterSource]
public sealed record SceneRun(string? Violation, Simulation Run) : IDisplay
{
    /// <summary>What the run came across: the scene's <em>sometimes</em> properties that came true.</summary>
    public IReadOnlyList<string> Met { get; init; } = [];

    /// <summary>The faults that were planned for it.</summary>
    public IReadOnlyList<PlannedFault> Faults { get; init; } = [];

    /// <summary>What the clients did and saw; null where a scene has none.</summary>
    public History? History { get; init; }

    /// <summary>The same run with other faults, for shrinking; null where a scene has none to take away.</summary>
    public Func<IReadOnlyList<PlannedFault>, SceneRun>? WithFaults { get; init; }

    /// <summary>The same run with more of it kept: a run is a function of its seed, so what is to be drawn is run again. Null where a scene keeps the whole.</summary>
    public Func<TraceLimit, SceneRun>? WithTrace { get; init; }

    /// <summary>What was recorded for stepping through, under a title; null unless the run was asked for <see cref="TraceLimit.WithStates"/>.</summary>
    public Func<string, Replay>? Recorded { get; init; }

    /// <summary>This run with its whole trace; it is run again if that was not kept.</summary>
    public SceneRun Traced() => Run.Trace.IsOn ? this : WithTrace?.Invoke(TraceLimit.Whole) ?? this;

    /// <summary>This run to step through; it is run again for that.</summary>
    /// <exception cref="InvalidOperationException">The scene records no states.</exception>
    public Replay Replay() => (Recorded ?? WithTrace?.Invoke(TraceLimit.WithStates).Recorded)?.Invoke(Violation?.TrimEnd('.') ?? "A run")
        ?? throw new InvalidOperationException("This scene does not record what its nodes were, so it cannot be stepped through; draw it instead.");

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    public override string ToString() => Violation ?? "nothing went wrong";
}
