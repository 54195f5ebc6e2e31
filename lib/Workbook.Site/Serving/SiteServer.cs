using Workbook.Site.Publishing;
using Workbook.Site.Running;

namespace Workbook.Site.Serving;

/// <summary>
/// Shows the site on this machine alone while its notebooks are written: what has changed is run again, the site is published as a
/// render publishes it, and the pages that are open load themselves anew.
/// </summary>
public sealed class SiteServer : IAsyncDisposable
{
    private readonly ServeOptions _options;
    private readonly RunNotebook? _run;
    private readonly Action<ServeNews>? _told;
    private readonly PageNews _news = new();
    private readonly WatchedFiles _files;
    private readonly LiveSite _site;
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    /// <param name="options">What to serve.</param>
    /// <param name="run">Runs one notebook; by default the engine that the options name does.</param>
    /// <param name="told">Told what came of each render; called on any thread.</param>
    public SiteServer(ServeOptions options, RunNotebook? run = null, Action<ServeNews>? told = null)
    {
        (_options, _run, _told) = (options, run, told);
        _files = new WatchedFiles(options.Render.Root, options.Quiet);
        _site = new LiveSite(Path.GetFullPath(options.Render.Output ?? Path.Combine(options.Render.Root, "site")), _news);
    }

    /// <summary>The address of the site's first page, once it has been started.</summary>
    public Uri Address => _site.Address;

    /// <summary>Begins to serve, and to render in the background.</summary>
    /// <exception cref="SiteException">The port can't be had, or there is nothing to watch.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _files.Start();
        await _site.StartAsync(_options.Port, cancellationToken);
        _work = Task.Run(WorkAsync, CancellationToken.None);
    }

    /// <summary>Waits until the renders have ended because the server has, or because one broke.</summary>
    public Task Completion => _work;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _files.Dispose();
        await _site.DisposeAsync();
        try
        {
            await _work;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
        _stop.Dispose();
    }

    /// <summary>Renders everything once, and then whatever changes; a change while a render goes on begins it anew.</summary>
    private async Task WorkAsync()
    {
        var changes = FileChanges.All;
        while (true)
        {
            using var current = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var more = _files.NextAsync(current.Token);
            var render = RenderAsync(changes, current.Token);
            var isChangedAgain = await Task.WhenAny(render, more) == more && more.IsCompletedSuccessfully;
            if (isChangedAgain)
                await current.CancelAsync();
            var isDone = await IsDoneAsync(render);
            _stop.Token.ThrowIfCancellationRequested();
            var next = await more;
            changes = isDone ? next : changes.And(next);
        }
    }

    private static async Task<bool> IsDoneAsync(Task render)
    {
        try
        {
            await render;
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task RenderAsync(FileChanges changes, CancellationToken cancellationToken)
    {
        var notebooks = new ChangedNotebooks(_options.Render.Root, changes);
        RenderResult? result = null;
        var notices = new List<string>(notebooks.Broken);
        try
        {
            if (notebooks.Readable.Count > 0 || notebooks.Broken.Count == 0)
            {
                var options = _options.Render with { Only = notebooks.Readable };
                result = await new SiteRenderer(options, _run).RenderAsync(null, cancellationToken);
                notices.AddRange(result.Notebooks.SelectMany(notebook => notebook.Failures));
            }
        }
        catch (SiteException error)
        {
            notices.Add(error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file that went or came in this moment; its change is the next one.
            notices.Add(error.Message);
        }
        var notice = notices.Count == 0 ? null : string.Join('\n', notices);
        _news.Publish(notice);
        _told?.Invoke(new ServeNews(result, notice));
    }
}
