using System.Text.Json;
using System.Text.Json.Serialization;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Publishing;

/// <summary>How a render ended, for programs that read of it.</summary>
public enum RenderOutcome
{
    /// <summary>It has not ended: it goes on, or it was killed.</summary>
    Unfinished,

    /// <summary>No cell failed; the site is published.</summary>
    Succeeded,

    /// <summary>Some cell or notebook failed; the site is published and shows it.</summary>
    Failed,

    /// <summary>There was nothing to render, or the site could not be written; the old one is kept.</summary>
    NotTried,

    /// <summary>It was interrupted; the old site is kept.</summary>
    Interrupted,
}

/// <summary>What came of a render, for programs: the JSON that <c>render --report</c> writes. Its members are described in this folder's README.</summary>
/// <param name="Outcome">How the render ended.</param>
/// <param name="Message">One sentence when it did not come to its end; otherwise null.</param>
/// <param name="Site">Full path of the site; null when none was published.</param>
/// <param name="Started">When it began, in UTC.</param>
/// <param name="Seconds">Real time it took.</param>
/// <param name="Notebooks">The notebooks that ended, in reading order.</param>
public sealed record RenderReport(
    RenderOutcome Outcome, string? Message, string? Site, DateTime Started, double Seconds, IReadOnlyList<ReportedNotebook> Notebooks)
{
    /// <summary>The version of this form; it grows when a member changes its meaning or goes.</summary>
    public int Version { get; } = 1;

    /// <summary>Sums over all notebooks.</summary>
    public ReportedTotals Totals => new(
        Notebooks.Count, Notebooks.Count(notebook => notebook.FromCache), Cells(null), Cells(CellOutcome.Succeeded), Cells(CellOutcome.Failed),
        Cells(CellOutcome.Skipped), Cells(CellOutcome.NotRun), Notebooks.Sum(notebook => notebook.Failures.Count));

    /// <summary>The report's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RenderReportJson.Default.RenderReport) + "\n";

    private int Cells(CellOutcome? outcome) => Notebooks.Sum(notebook => notebook.Cells.Count(cell => outcome is null || cell.Outcome == outcome));
}

/// <summary>Sums over all notebooks of a render.</summary>
/// <param name="Notebooks">How many ended.</param>
/// <param name="Unchanged">How many of them had not changed, and were not run.</param>
/// <param name="Cells">How many code cells they have.</param>
/// <param name="Succeeded">How many of those ran to their end.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Skipped">How many were skipped, because a package can't be had.</param>
/// <param name="NotRun">How many were not run, because an earlier one ended the process.</param>
/// <param name="Failures">Cells that failed and notebooks that could not be run.</param>
public sealed record ReportedTotals(int Notebooks, int Unchanged, int Cells, int Succeeded, int Failed, int Skipped, int NotRun, int Failures);

/// <summary>One notebook in a report.</summary>
/// <param name="Name">Its file name without ending.</param>
/// <param name="File">Its file name.</param>
/// <param name="FromCache">Whether it had not changed, and was not run.</param>
/// <param name="Seconds">Real time its cells took when they were run.</param>
/// <param name="Failures">One sentence a failure, with file and cell.</param>
/// <param name="Cells">Its code cells, in order; none when it could not be run at all.</param>
public sealed record ReportedNotebook(
    string Name, string File, bool FromCache, double Seconds, IReadOnlyList<string> Failures, IReadOnlyList<ReportedCell> Cells)
{
    internal static ReportedNotebook Of(NotebookResult result) => new(
        result.Name, result.Name + ".ipynb", result.FromCache, Math.Round(result.Elapsed.TotalSeconds, 3), result.Failures,
        [.. result.CellResults.Select(cell => new ReportedCell(
            cell.Number, cell.Run.CellId, cell.Run.Outcome, Math.Round(cell.Run.Elapsed.TotalSeconds, 3), cell.Run.Reason))]);
}

/// <summary>One code cell in a report.</summary>
/// <param name="Number">Which code cell of its notebook, from 1.</param>
/// <param name="Id">Its id in the notebook's file; its page has it at <c>#cell-ID</c>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Seconds">Real time it took.</param>
/// <param name="Reason">One sentence when it did not succeed; otherwise null.</param>
public sealed record ReportedCell(int Number, string Id, CellOutcome Outcome, double Seconds, string? Reason);

[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NewLine = "\n",
    Converters = [typeof(CamelCase<RenderOutcome>), typeof(CamelCase<CellOutcome>)])]
[JsonSerializable(typeof(RenderReport))]
internal sealed partial class RenderReportJson : JsonSerializerContext;

internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase) where T : struct, Enum;
