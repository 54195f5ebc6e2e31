using System.Globalization;
using Spectre.Console;
using Workbook.Site.Notebooks;
using Workbook.Site.Running;

namespace Workbook.Cli.Commands;

/// <summary>A run of a notebook as text on a terminal: a line a cell, and below it what the cell shows.</summary>
internal sealed class RunTranscript(IAnsiConsole console)
{
    internal void Cell(CellProgress progress, CellRun run)
    {
        var (mark, colour) = run.Outcome switch
        {
            CellOutcome.Succeeded => ("✓", "green"),
            CellOutcome.Failed => ("✗", "red"),
            _ => ("–", "grey"),
        };
        var source = progress.Cell.Source.Split('\n').FirstOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "";
        console.MarkupLine($"[{colour}]{mark}[/] [bold]{progress.Index + 1}[/] [grey]{Seconds(run.Elapsed)}  {Markup.Escape(Short(source, 80))}[/]");
        foreach (var output in run.Outputs)
            Show(output);
        if (run.Reason is { } reason && run.Outcome != CellOutcome.Failed)
            console.MarkupLine($"    [grey]{Markup.Escape(reason)}[/]");
    }

    internal void Summary(Notebook notebook, NotebookRun run)
    {
        var counts = run.Cells.GroupBy(cell => cell.Outcome).ToDictionary(group => group.Key, group => group.Count());
        var skipped = counts.GetValueOrDefault(CellOutcome.Skipped);
        var notRun = counts.GetValueOrDefault(CellOutcome.NotRun);
        console.WriteLine(
            $"{notebook.Name}: {run.Cells.Count} cells, {run.Failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}"
            + $"{(notRun > 0 ? $", {notRun} not run" : "")}, {Seconds(run.Elapsed)}");
    }

    private void Show(CellOutput output)
    {
        switch (output)
        {
            case StreamOutput text:
                Indented(text.Text, text.IsError ? "yellow" : null);
                break;
            case DisplayOutput display when display.Data.TryGetValue("text/plain", out var plain):
                Indented(plain, null);
                break;
            case DisplayOutput display:
                Indented($"({string.Join(", ", display.Data.Keys)})", "grey");
                break;
            case ErrorOutput error:
                Indented($"{error.Name}: {error.Message}", "red");
                Indented(error.Trace, "grey");
                break;
        }
    }

    private void Indented(string text, string? colour)
    {
        if (text.Length == 0)
            return;
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
            console.Write(new Text($"    {line}\n", colour is null ? Style.Plain : Style.Parse(colour)) { Overflow = Overflow.Fold });
    }

    private static string Short(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s";
}
