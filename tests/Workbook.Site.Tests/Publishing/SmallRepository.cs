using Workbook.Site.Notebooks;
using Workbook.Site.Publishing;
using Workbook.Site.Running;

namespace Workbook.Site.Tests.Publishing;

/// <summary>A repository with a few notebooks in a temporary folder, whose runs are given instead of run.</summary>
internal sealed class SmallRepository : IDisposable
{
    /// <summary>Kept from one test to the next, so that npm is asked once.</summary>
    private static readonly string Scripts = Path.Combine(Path.GetTempPath(), "workbook-scripts");

    private readonly Dictionary<string, NotebookRun> _runs = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public SmallRepository()
    {
        Directory.CreateDirectory(Path.Combine(Root, "notebooks"));
        Directory.CreateDirectory(Path.Combine(Root, "data"));
        File.WriteAllText(Path.Combine(Root, "Workbook.sln"), "");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("workbook-").FullName;

    public string Site => Path.Combine(Root, "site");

    /// <summary>How many notebooks have been run, by all renders together.</summary>
    public int Started => _order.Count;

    /// <summary>Which notebooks have been run, in the order in which they began.</summary>
    public IReadOnlyList<string> Order => _order;

    /// <summary>Gives the runs that were added.</summary>
    public RunNotebook Run => RunAsync;

    /// <summary>Waited for by each run, after it has been counted.</summary>
    public Func<CancellationToken, Task> Gate { get; set; } = _ => Task.CompletedTask;

    public string Add(string name, Notebook notebook, NotebookRun run)
    {
        _runs[name] = run;
        return Write($"notebooks/{name}.ipynb", NotebookFile.Format(notebook));
    }

    public string Add(string name, params (Cell Cell, CellRun? Run)[] cells)
    {
        var (notebook, run) = Pages.Samples.Notebook(name, cells);
        return Add(name, notebook, run);
    }

    public string Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public string ReadSite(string name) => File.ReadAllText(Path.Combine(Site, name));

    public Task<RenderResult> RenderAsync(
        Func<RenderOptions, RenderOptions>? change = null, IProgress<RenderProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var options = new RenderOptions { Root = Root, Scripts = Scripts };
        return new SiteRenderer(change?.Invoke(options) ?? options, RunAsync).RenderAsync(progress, cancellationToken);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private async Task<NotebookRun> RunAsync(Notebook notebook, RunOptions options, IProgress<CellProgress>? progress, CancellationToken cancellationToken)
    {
        lock (_order)
            _order.Add(notebook.Name);
        await Gate(cancellationToken);
        return _runs[notebook.Name];
    }
}
