using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// Something that a test did and could have left out: a crash, a disconnection, a round of its loop. It has happened already when it is read; leaving it out
/// is for finding a smaller run.
/// </summary>
/// <param name="At">When it was done.</param>
/// <param name="Number">Its number in the test, from 0.</param>
/// <param name="What">What was done: <c>crash s1</c>.</param>
public sealed record LabStep(TimeSpan At, int Number, string What) : PlannedFault(At)
{
    internal override void Apply(Simulation run)
    {
    }

    /// <summary><c>1.2s crash s1</c></summary>
    public override string ToString() => FormattableString.Invariant($"{At.TotalSeconds:0.###}s {What}");
}
