using System.Collections.Concurrent;
using Workbook.Site.Pages;
using Workbook.Site.Running;

namespace Workbook.Site.Publishing;

/// <summary>Runs the notebooks of the repository and publishes the course site.</summary>
public sealed class SiteRenderer
{
    private readonly RenderOptions _options;
    private readonly LectureSource _source;
    private readonly ContentCache _cache;
    private readonly PlotlyScript _plotly;

    /// <param name="options">What to render.</param>
    /// <param name="run">Runs one notebook; by default in a process of its own.</param>
    public SiteRenderer(RenderOptions options, RunNotebook? run = null)
    {
        _options = options with { Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Root)) };
        var kept = Path.Combine(_options.Root, ".workbook");
        _cache = new ContentCache(Path.Combine(kept, "cache"), options.IgnoresCache);
        _source = new LectureSource(_options, _cache, new NotebookKeys(_options.Root), run ?? NotebookRunner.RunAsync);
        _plotly = new PlotlyScript(Path.Combine(kept, "plotly"));
    }

    /// <summary>Renders. The site on disk is the old one until the new one is whole.</summary>
    /// <param name="progress">Told how each notebook gets on; called on any thread.</param>
    /// <param name="cancellationToken">Ends the render and keeps the old site.</param>
    /// <exception cref="SiteException">There is nothing to render, or the site's folder can't be used.</exception>
    /// <exception cref="OperationCanceledException">The render was cancelled.</exception>
    public async Task<RenderResult> RenderAsync(IProgress<RenderProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var notebooks = FindNotebooks();
        var asked = Asked(notebooks);
        using var folder = SiteFolder.Open(_options.Output ?? Path.Combine(_options.Root, "site"));
        var lectures = await GetLecturesAsync(folder, notebooks, asked, progress, cancellationToken);
        var hasFigure = lectures.Any(lecture => lecture.Card.HasFigure);
        var plotly = hasFigure ? await _plotly.FindAsync(cancellationToken) : null;
        try
        {
            await new SiteWriter(folder, _cache, plotly, Glossary.Read(_options.Root)).WriteAsync(lectures, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SiteException($"The new site could not be written ({SiteFolder.Reason(error)}); the old one is kept.", error);
        }
        cancellationToken.ThrowIfCancellationRequested();
        folder.Publish();
        _cache.DeleteUnused();
        var results = lectures.Where(lecture => asked.Contains(lecture.File)).Select(lecture => lecture.Result).ToArray();
        return new RenderResult(folder.Path, results, UsesRemotePlotly: hasFigure && plotly is null);
    }

    private string[] FindNotebooks()
    {
        var folder = Path.Combine(_options.Root, "notebooks");
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "?*.ipynb") : [];
        if (files.Length == 0)
            throw new SiteException($"There are no notebooks in {folder}; put .ipynb files there.");
        return files.OrderBy(file => !char.IsAsciiDigit(Path.GetFileName(file)[0])).ThenBy(Path.GetFileName, StringComparer.Ordinal).ToArray();
    }

    private string[] Asked(string[] notebooks)
    {
        if (_options.Only.Count == 0)
            return notebooks;
        var names = notebooks.Select(Path.GetFileNameWithoutExtension).ToArray();
        foreach (var name in _options.Only.Where(name => !names.Contains(NameOf(name))))
            throw new SiteException($"There is no notebook {name}; there are {string.Join(", ", names)}.");
        return notebooks.Where(file => _options.Only.Select(NameOf).Contains(Path.GetFileNameWithoutExtension(file))).ToArray();
    }

    /// <summary>A reader may well give the file instead of the name.</summary>
    private static string NameOf(string name) =>
        name.EndsWith(".ipynb", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(name) : name;

    /// <summary>The notebooks asked for, run where they have changed; of the others, those that have a page already.</summary>
    private async Task<IReadOnlyList<RenderedLecture>> GetLecturesAsync(
        SiteFolder folder, string[] notebooks, string[] asked, IProgress<RenderProgress>? progress, CancellationToken cancellationToken)
    {
        var lectures = new ConcurrentDictionary<string, RenderedLecture>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _options.Jobs), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(notebooks, parallel, async (file, cancelled) =>
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var lecture = _source.Remembered(file);
            if (asked.Contains(file))
            {
                lecture ??= await _source.RunAsync(file, new NotebookProgress(name, progress), cancelled);
                progress?.Report(new RenderProgress(name, lecture.Card.CodeCells, lecture.Card.CodeCells, null, lecture.Result));
            }
            if ((lecture ?? _source.Published(file, folder)) is { } found)
                lectures[file] = found;
        });
        return notebooks.Where(lectures.ContainsKey).Select(file => lectures[file]).ToArray();
    }

    /// <summary>A cell's news as news of the render, at once and on the same thread, so that the order is kept.</summary>
    private sealed class NotebookProgress(string name, IProgress<RenderProgress>? progress) : IProgress<CellProgress>
    {
        public void Report(CellProgress cell) =>
            progress?.Report(new RenderProgress(name, cell.Index + (cell.Run is null ? 0 : 1), cell.Count, cell.Note, null));
    }
}
