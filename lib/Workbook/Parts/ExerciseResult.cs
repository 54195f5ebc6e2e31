using Workbook.Draw;

namespace Workbook.Parts;

/// <summary>What checking a reader's answer came to: whether it is right, and why not if not.</summary>
/// <param name="IsRight">Whether the answer is right.</param>
/// <param name="Reason">One or two sentences for the reader.</param>
[TypeFormatterSource]
public sealed record ExerciseResult(bool IsRight, string Reason) : IDisplay
{
    /// <summary>A right answer.</summary>
    public static ExerciseResult Right(string reason) => new(true, reason);

    /// <summary>An answer that is not right yet.</summary>
    public static ExerciseResult NotYet(string reason) => new(false, reason);

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    public override string ToString() => (IsRight ? "✓ " : "✗ ") + Reason;
}
