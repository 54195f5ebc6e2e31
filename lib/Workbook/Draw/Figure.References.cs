namespace Workbook.Draw;

public sealed partial record Figure
{
    /// <summary>A dashed line from bottom to top, with a label at its upper end.</summary>
    public Figure VerticalLine(double x, string label = "") => Refer(new(ReferenceKind.Vertical, Placed(x), 0, label));

    /// <summary>A dashed line from left to right, with a label at its right end.</summary>
    public Figure HorizontalLine(double y, string label = "") => Refer(new(ReferenceKind.Horizontal, 0, Placed(y), label));

    /// <summary>Shades the figure from one place of the horizontal axis to another.</summary>
    public Figure Band(double from, double to, string label = "") => Refer(new(ReferenceKind.Band, Placed(from), Placed(to), label));

    /// <summary>A note with an arrow to a point.</summary>
    public Figure Note(double x, double y, string text) => Refer(new(ReferenceKind.Note, Placed(x), Placed(y), Wanted(text, "a note")));

    private Figure Refer(Reference reference) => Panels.IsEmpty && Moments.IsEmpty
        ? this with { References = References.Add(reference) }
        : throw new InvalidOperationException("This figure is made of figures; "
            + "draw the line or the note on one of those before you put them together.");

    private static double Placed(double value) => double.IsFinite(value)
        ? value
        : throw new ArgumentException($"A line or a note cannot stand at {value}; give a finite number.");
}
