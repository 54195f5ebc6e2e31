using Workbook.Site.Notebooks;
using Workbook.Site.Running;
using Xunit;

namespace Workbook.Site.Tests.Running;

/// <summary>A notebook for a test: its cells' sources, and what came of them.</summary>
internal static class Sketch
{
    internal static Notebook Of(string folder, params string[] sources) => new(
        Path.Combine(folder, "sketch.ipynb"), [.. sources.Select((source, index) => new Cell($"c{index + 1}", CellKind.Code, source, []))]);

    internal static Task<NotebookRun> RunAsync(string folder, params string[] sources) => RunAsync(folder, new RunOptions(), sources);

    internal static Task<NotebookRun> RunAsync(string folder, RunOptions options, params string[] sources) =>
        NotebookRunner.RunAsync(Of(folder, sources), options, null, TestContext.Current.CancellationToken);

    /// <summary>All that the cell printed and showed, as plain text or else in its first MIME type, in order.</summary>
    internal static string Text(this CellRun cell) => string.Concat(cell.Outputs.Select(output => output switch
    {
        StreamOutput text => text.Text,
        DisplayOutput display => $"[{display.Data.GetValueOrDefault("text/plain") ?? display.Data.Values.First()}]",
        ErrorOutput error => $"!{error.Name}: {error.Message}!",
        _ => "?",
    }));

    internal static IReadOnlyList<string> MimeTypes(this CellRun cell) => [.. cell.Outputs.OfType<DisplayOutput>().SelectMany(output => output.Data.Keys)];

    internal static ErrorOutput Error(this CellRun cell) => Assert.Single(cell.Outputs.OfType<ErrorOutput>());

    internal static CellOutcome[] Outcomes(this NotebookRun run) => [.. run.Cells.Select(cell => cell.Outcome)];
}
