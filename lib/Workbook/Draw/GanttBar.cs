namespace Workbook.Draw;

/// <summary>One bar of a Gantt chart: something that one worker did for a while.</summary>
/// <param name="Row">Who did it; bars of the same name lie in one row.</param>
/// <param name="Start">When it began, in seconds.</param>
/// <param name="End">When it ended, in seconds, not before it began.</param>
/// <param name="Kind">What kind of work it was; each kind has its colour and its entry in the legend.</param>
/// <param name="Label">What the bar says under the pointer; without one, the kind.</param>
public sealed record GanttBar(string Row, double Start, double End, string Kind = "task", string? Label = null)
{
    /// <summary>Work that came to nothing: a kind of which all bars are so is hatched.</summary>
    public bool IsHatched { get; init; }

    /// <summary>The same with lengths of time since the start of the run.</summary>
    public GanttBar(string row, TimeSpan start, TimeSpan end, string kind = "task", string? label = null)
        : this(row, start.TotalSeconds, end.TotalSeconds, kind, label)
    {
    }
}
