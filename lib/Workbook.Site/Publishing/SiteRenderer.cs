using System.Collections.Concurrent;
using Workbook.Site.Notebooks;
using Workbook.Site.Pages;
using Workbook.Site.Running;

namespace Workbook.Site.Publishing;

/// <summary>Runs the notebooks of the repository and publishes the course site.</summary>
public sealed class SiteRenderer
{
    private readonly RenderOptions _options;
    private readonly LectureSource _source;
    private readonly ContentCache _cache;
    private readonly RememberedTimes _times;
    private readonly ScriptStore _scripts;

    /// <param name="options">What to render.</param>
    /// <param name="run">Runs one notebook; by default the engine that the options name does.</param>
    public SiteRenderer(RenderOptions options, RunNotebook? run = null)
    {
        _options = options with { Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Root)) };
        var kept = Path.Combine(_options.Root, ".workbook");
        _cache = new ContentCache(Path.Combine(kept, "cache"), options.IgnoresCache);
        _source = new LectureSource(_options, _cache, new NotebookKeys(_options.Root, options.Engine.Key), run ?? options.Engine.Run);
        _times = new RememberedTimes(new ContentCache(Path.Combine(kept, "cache"), ignoresOldEntries: false));
        _scripts = new ScriptStore(options.Scripts ?? Path.Combine(kept, "scripts"));
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
        var miniSearch = _scripts.FindAsync(PinnedScript.MiniSearch, cancellationToken);
        IReadOnlyList<RenderedLecture> lectures;
        bool isRemote;
        try
        {
            lectures = await GetLecturesAsync(folder, notebooks, asked, progress, cancellationToken);
            var hasFigure = lectures.Any(lecture => lecture.Card.HasFigure);
            var plotly = hasFigure ? await _scripts.FindAsync(PinnedScript.Plotly, cancellationToken) : null;
            isRemote = hasFigure && plotly is null;
            var scripts = new SiteScripts(plotly, await miniSearch);
            await new SiteWriter(folder, _cache, scripts, _options.Root, Glossary.Read(_options.Root)).WriteAsync(lectures, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotebookException)
        {
            throw new SiteException($"The new site could not be written ({SiteFolder.Reason(error)}); the old one is kept.", error);
        }
        cancellationToken.ThrowIfCancellationRequested();
        var results = lectures.Where(lecture => asked.Contains(lecture.File)).Select(Result).ToArray();
        folder.Publish();
        _cache.DeleteUnused();
        return new RenderResult(folder.Path, results, isRemote);
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

    private NotebookResult Result(RenderedLecture lecture) => lecture.Result(_options.TellsCells);

    /// <summary>The notebooks asked for, run where they have changed; of the others, those that have a page already.</summary>
    private async Task<IReadOnlyList<RenderedLecture>> GetLecturesAsync(
        SiteFolder folder, string[] notebooks, string[] asked, IProgress<RenderProgress>? progress, CancellationToken cancellationToken)
    {
        var lectures = new ConcurrentDictionary<string, RenderedLecture>(StringComparer.Ordinal);
        var isAsked = asked.ToHashSet(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _options.Jobs), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(notebooks, cancellationToken, (file, _) =>
        {
            var lecture = _source.Remembered(file, folder.CopyOf(file));
            if (lecture is not null || isAsked.Contains(file))
                folder.Copy(file);
            if ((lecture ?? (isAsked.Contains(file) ? null : _source.Published(file, folder))) is { } found)
                lectures[file] = found;
            return ValueTask.CompletedTask;
        });
        var toRun = LongestFirst(asked.Where(file => !lectures.ContainsKey(file)));
        var news = new RenderNews(new RenderPace(toRun, asked.Length - toRun.Count, _options.Jobs, TimeProvider.System), progress);
        news.Unchanged(asked.Where(lectures.ContainsKey).Select(file => Result(lectures[file])));
        await Parallel.ForEachAsync(toRun, parallel, async (notebook, cancelled) =>
        {
            news.Begin(notebook.Name);
            var lecture = await _source.RunAsync(notebook.File, news.Of(notebook.Name), cancelled);
            _times.Keep(notebook.Name, news.End(Result(lecture)));
            lectures[notebook.File] = lecture;
        });
        return notebooks.Where(lectures.ContainsKey).Select(file => lectures[file]).ToArray();
    }

    /// <summary>The longest begin first, so that all workers end at about the same time; those of which nothing is known may be long.</summary>
    private List<(string File, string Name, TimeSpan? Expected)> LongestFirst(IEnumerable<string> files) =>
        [.. files.Select(file => (File: file, Name: Path.GetFileNameWithoutExtension(file)))
            .Select(notebook => (notebook.File, notebook.Name, Expected: _times.Of(notebook.Name)))
            .OrderByDescending(notebook => notebook.Expected ?? TimeSpan.MaxValue)];
}
