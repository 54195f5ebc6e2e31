using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Check;

/// <summary>
/// Two runs side by side, from a little before the first place where they differ: the same seed with a rule on and with it off, say. Their
/// traces must be kept.
/// </summary>
/// <example><code>TraceComparison.Of(on.Run, off.Run, "rule on", "rule off")</code></example>
[TypeFormatterSource]
public sealed record TraceComparison : IDisplay
{
    private readonly string _left;
    private readonly string _right;
    private readonly IReadOnlyList<Row> _rows;

    private TraceComparison(string left, string right, int same, bool differ, IReadOnlyList<Row> rows) =>
        (_left, _right, Same, Differ, _rows) = (left, right, same, differ, rows);

    /// <summary>How many records are the same before the first that differs.</summary>
    public int Same { get; }

    /// <summary>Whether the runs differ at all, as far as both are kept.</summary>
    public bool Differ { get; }

    /// <summary>A line of the table.</summary>
    /// <param name="Mark"><c>=</c> where both runs did the same, <c>≠</c> at the first difference, nothing after it.</param>
    /// <param name="Left">What the one run did; empty when it had ended.</param>
    /// <param name="Right">What the other did.</param>
    private sealed record Row(string Mark, string Left, string Right);

    /// <summary>Compares two runs record by record.</summary>
    /// <param name="left">The one run.</param>
    /// <param name="right">The other.</param>
    /// <param name="leftName">What to call the one: <c>rule on</c>.</param>
    /// <param name="rightName">What to call the other.</param>
    /// <param name="before">How many records to show that are the same.</param>
    /// <param name="after">How many to show from the first difference on.</param>
    public static TraceComparison Of(
        Simulation left, Simulation right, string leftName = "the one run", string rightName = "the other", int before = 4, int after = 8)
    {
        foreach (var run in (Simulation[])[left, right])
        {
            if (run.Trace.Kept == 0 && run.Events > 0) throw new ArgumentException("A run that kept no trace cannot be compared; run it with its trace on.");
        }

        var (ours, theirs) = (left.Trace.Records.ToList(), right.Trace.Records.ToList());
        var same = 0;
        while (same < ours.Count && same < theirs.Count && ours[same].ToString() == theirs[same].ToString()) same++;
        var differ = same < ours.Count || same < theirs.Count;
        var rows = new List<Row>();
        for (var index = Math.Max(0, same - before); index < same; index++) rows.Add(new Row("=", $"{ours[index]}", $"{theirs[index]}"));
        for (var index = same; index < same + after && (index < ours.Count || index < theirs.Count); index++)
        {
            rows.Add(new Row(index == same ? "≠" : "", Line(ours, index), Line(theirs, index)));
        }

        return new TraceComparison(leftName, rightName, same, differ, rows);
    }

    private static string Line(List<TraceRecord> records, int index) =>
        index < records.Count ? $"{records[index]}" : index == records.Count ? "(the run ends here)" : "";

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => Differ ? Table().ToMimeBundle() : MimeBundle.Text(ToString());

    public override string ToString() => Differ ? Table().ToText() : $"The two runs are the same, all {Same} records of them.";

    private Table Table() => Draw.Table.Of(
        Same == 0 ? "The runs differ from the first record on" : $"The runs are the same for {Same} records, then differ",
        _rows,
        ("", row => row.Mark),
        (_left, row => row.Left),
        (_right, row => row.Right));
}
