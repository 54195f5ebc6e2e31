using Workbook.Site.Running;

namespace Workbook.Site.Publishing;

/// <summary>Tells whoever watches a render how each notebook gets on, and how the whole does.</summary>
internal sealed class RenderNews(RenderPace pace, IProgress<RenderProgress>? progress)
{
    private readonly Lock _oneAtATime = new();
    private int _told;

    /// <summary>These notebooks need not run.</summary>
    public void Unchanged(IEnumerable<NotebookResult> results)
    {
        foreach (var result in results)
            Tell(new RenderProgress(result.Name, result.Cells, result.Cells, null, result));
    }

    /// <summary>A notebook begins.</summary>
    public void Begin(string name)
    {
        pace.Begin(name);
        Tell(new RenderProgress(name, 0, 0, null, null));
    }

    /// <summary>Takes a notebook's own news.</summary>
    public IProgress<CellProgress> Of(string name) => new Cells(this, name);

    /// <summary>A notebook has ended.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan End(NotebookResult result)
    {
        var took = pace.End(result.Name);
        Tell(new RenderProgress(result.Name, result.Cells, result.Cells, null, result));
        return took;
    }

    private void Advance(string name, int done, int count, string? note)
    {
        pace.Advance(name, done, count);
        Tell(new RenderProgress(name, done, count, note, null));
    }

    /// <summary>On the thread that has the news, so that the order is kept.</summary>
    private void Tell(RenderProgress news)
    {
        if (progress is null)
            return;
        lock (_oneAtATime)
        {
            if (news.Result is not null)
                _told++;
            progress.Report(news with { Ended = _told, Total = pace.Total, Left = pace.Left() });
        }
    }

    /// <summary>A cell's news as news of the render.</summary>
    private sealed class Cells(RenderNews news, string name) : IProgress<CellProgress>
    {
        public void Report(CellProgress cell)
        {
            var done = cell.Index + (cell.Run is null ? 0 : 1);
            news.Advance(name, done, cell.Count, cell.Note);
        }
    }
}
