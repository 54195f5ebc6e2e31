using System.Diagnostics;

namespace Workbook.Site.Publishing;

/// <summary>
/// The file that a render's report goes to. It is written at once, as unfinished, so that one who reads it after the render was
/// killed does not take the report of the day before for today's.
/// </summary>
public sealed class ReportFile
{
    private readonly string _path;
    private readonly DateTime _started = DateTime.UtcNow;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly List<NotebookResult> _ended = [];

    private ReportFile(string path) => _path = path;

    /// <summary>Writes the first, unfinished report.</summary>
    /// <param name="path">The file; relative to the working directory. What is there is overwritten.</param>
    /// <exception cref="SiteException">It can't be written.</exception>
    public static ReportFile Begin(string path)
    {
        if (path.Length == 0 || Directory.Exists(path))
            throw new SiteException($"The report can't be written to “{path}”, which is no file; give another one with --report.");
        var report = new ReportFile(path);
        report.Write(report.Of(RenderOutcome.Unfinished, null, null));
        return report;
    }

    /// <summary>Takes note of each notebook that ends, and passes the news on.</summary>
    public IProgress<RenderProgress> Watch(IProgress<RenderProgress>? next) => new Watcher(this, next);

    /// <summary>Writes the report of a render that came to its end.</summary>
    /// <exception cref="SiteException">It can't be written.</exception>
    public void End(RenderResult result)
    {
        lock (_lock)
        {
            _ended.Clear();
            _ended.AddRange(result.Notebooks);
        }
        Write(Of(result.Failed == 0 ? RenderOutcome.Succeeded : RenderOutcome.Failed, null, result.Site));
    }

    /// <summary>Writes the report of a render that did not come to its end, with what is known; when that can't be written, the unfinished one stays.</summary>
    public void Abandon(RenderOutcome outcome, string message)
    {
        try
        {
            Write(Of(outcome, message, null));
        }
        catch (SiteException)
        {
            // What ended the render is told already.
        }
    }

    private RenderReport Of(RenderOutcome outcome, string? message, string? site)
    {
        lock (_lock)
            return new RenderReport(
                outcome, message, site, _started, Math.Round(Stopwatch.GetElapsedTime(_start).TotalSeconds, 3), [.. _ended.Select(ReportedNotebook.Of)]);
    }

    private void Write(RenderReport report)
    {
        try
        {
            File.WriteAllText(_path, report.ToJson());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SiteException(
                $"The report {_path} can't be written ({SiteFolder.Reason(error)}); make its folder writable or give another file with --report.", error);
        }
    }

    private sealed class Watcher(ReportFile report, IProgress<RenderProgress>? next) : IProgress<RenderProgress>
    {
        public void Report(RenderProgress news)
        {
            if (news.Result is { } result)
            {
                lock (report._lock)
                    report._ended.Add(result);
            }
            next?.Report(news);
        }
    }
}
