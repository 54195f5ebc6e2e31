using System.Text.Json.Serialization;

namespace Workbook.Site.Notebooks;

/// <summary>What came of running a notebook: one entry a code cell, in order.</summary>
/// <param name="Cells">What came of each code cell.</param>
/// <param name="Elapsed">Real time from the first cell's start to the last one's end.</param>
public sealed record NotebookRun(IReadOnlyList<CellRun> Cells, TimeSpan Elapsed)
{
    /// <summary>How many cells failed.</summary>
    public int Failed => Cells.Count(cell => cell.Outcome == CellOutcome.Failed);
}

/// <summary>How a code cell ended.</summary>
public enum CellOutcome
{
    /// <summary>It ran to its end.</summary>
    Succeeded,

    /// <summary>It did not compile, threw, ran out of time or memory, or ended the process.</summary>
    Failed,

    /// <summary>It could not be tried, for a reason that is not the author's fault: a package that cannot be had here.</summary>
    Skipped,

    /// <summary>An earlier cell of the notebook failed in a way that left nothing to run it in.</summary>
    NotRun,
}

/// <summary>What came of one code cell.</summary>
/// <param name="CellId">The cell's id.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">One sentence for the reader when it did not succeed; otherwise null.</param>
/// <param name="Outputs">What it showed, in the order it showed it.</param>
/// <param name="Elapsed">Real time it took.</param>
public sealed record CellRun(string CellId, CellOutcome Outcome, string? Reason, IReadOnlyList<CellOutput> Outputs, TimeSpan Elapsed);

/// <summary>One thing that a cell showed.</summary>
[JsonDerivedType(typeof(StreamOutput), "stream")]
[JsonDerivedType(typeof(DisplayOutput), "display")]
[JsonDerivedType(typeof(ErrorOutput), "error")]
public abstract record CellOutput;

/// <summary>Text written to the console, runs of the same stream joined.</summary>
/// <param name="IsError">Whether it went to standard error.</param>
/// <param name="Text">The text, possibly with ANSI colours.</param>
public sealed record StreamOutput(bool IsError, string Text) : CellOutput;

/// <summary>A value shown: the same value in one or more MIME types.</summary>
/// <param name="Data">MIME type to text; <c>text/html</c>, <c>text/plain</c>, <c>image/svg+xml</c>, <c>application/vnd.plotly.v1+json</c>…</param>
public sealed record DisplayOutput(IReadOnlyDictionary<string, string> Data) : CellOutput;

/// <summary>An exception or a compiler's complaint.</summary>
/// <param name="Name">The exception's type name, or the diagnostic's id.</param>
/// <param name="Message">What it says.</param>
/// <param name="Trace">Where: the part of the stack that belongs to the reader, or the line and column.</param>
public sealed record ErrorOutput(string Name, string Message, string Trace) : CellOutput;
