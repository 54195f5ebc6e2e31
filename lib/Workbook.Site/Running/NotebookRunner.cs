using Workbook.Site.Notebooks;

namespace Workbook.Site.Running;

/// <summary>Runs notebooks, each in a process of its own.</summary>
public static class NotebookRunner
{
    /// <summary>Runs every code cell of a notebook, in order, in a new process whose working directory is the notebook's folder.</summary>
    /// <param name="notebook">What to run.</param>
    /// <param name="options">Limits.</param>
    /// <param name="progress">Told when a cell begins and ends; called on any thread.</param>
    /// <param name="cancellationToken">Ends the notebook's process and all that it started.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The process could not be started.</exception>
    public static async Task<NotebookRun> RunAsync(
        Notebook notebook, RunOptions options, IProgress<CellProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var cells = notebook.Cells.Where(cell => cell.Kind == CellKind.Code).ToList();
        if (cells.Count == 0)
            return new NotebookRun([], TimeSpan.Zero);
        var run = new RunningNotebook(Path.GetDirectoryName(notebook.Path)!, cells, options, progress);
        return await run.ToEndAsync(cancellationToken);
    }
}
