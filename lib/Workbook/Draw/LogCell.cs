namespace Workbook.Draw;

/// <summary>One entry of a replicated log, as pictures show it.</summary>
/// <param name="Term">The term in which a leader took it in; it decides the colour.</param>
/// <param name="Label">What it asks for, in a few characters; may be empty.</param>
public readonly record struct LogCell(long Term, string Label = "")
{
    public override string ToString() => Label is { Length: > 0 } ? $"{Term}:{Label}" : $"{Term}";
}
