namespace Workbook.Draw;

/// <summary>The texts of a dataset's box, line by line, and the room they take.</summary>
internal sealed record LineageBox(IReadOnlyList<LineageBox.Line> Lines, double Width, double Height)
{
    private const double LineHeight = 15;
    private const double Narrowest = 64;
    private const double Widest = 190;

    /// <summary>One text, and the end of the class of its style.</summary>
    public readonly record struct Line(string Style, string Text);

    public static LineageBox Of(LineageNode node)
    {
        List<Line> lines = [new("name", node.Name), new("label", node.Label), new("soft", node.Detail), new("mark", Remark(node))];
        lines.RemoveAll(line => line.Text.Length == 0);
        var width = Math.Clamp(lines.Max(line => line.Text.Length * Character(line.Style)) + 20, Narrowest, Widest);
        return new([.. lines.Select(line => line with { Text = Words.Cut(line.Text, (int)((width - 14) / Character(line.Style))) })],
            Math.Ceiling(width), lines.Count * LineHeight + 11);
    }

    /// <summary>What is said of a dataset besides what the caller says: where it is kept, and how often it was computed.</summary>
    public static string Remark(LineageNode node) => string.Join(" · ", new[] { Word(node.Mark), Often(node.Times) }.Where(word => word.Length > 0));

    public static string Word(DatasetMark mark) => mark switch
    {
        DatasetMark.Cached => "cached",
        DatasetMark.Checkpointed => "checkpointed",
        _ => "",
    };

    private static string Often(int times) => times switch
    {
        0 => "not computed",
        1 => "",
        2 => "computed twice",
        _ => $"computed {Words.Number(times)} times",
    };

    private static double Character(string style) => style switch { "name" => 7.6, "label" => 6.3, "mark" => 6.2, _ => 5.8 };
}
