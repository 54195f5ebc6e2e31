using Workbook.Site.Notebooks;

namespace Workbook.Site.Running.Polyglot;

/// <summary>Runs notebooks in the C# kernel of .NET Interactive, each in a process of its own.</summary>
internal sealed class PolyglotRunner(InteractiveTool tool)
{
    /// <inheritdoc cref="NotebookRunner.RunAsync"/>
    internal async Task<NotebookRun> RunAsync(
        Notebook notebook, RunOptions options, IProgress<CellProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var cells = notebook.Cells.Where(cell => cell.Kind == CellKind.Code).ToList();
        if (cells.Count == 0)
            return new NotebookRun([], TimeSpan.Zero);
        return await new PolyglotRun(tool, Path.GetDirectoryName(notebook.Path)!, cells, options, progress).ToEndAsync(cancellationToken);
    }
}
