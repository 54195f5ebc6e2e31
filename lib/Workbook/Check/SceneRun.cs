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

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    public override string ToString() => Violation ?? "nothing went wrong";
}
