namespace Workbook.Site.Serving;

/// <summary>What open pages must know: that the site has been published again, and what went wrong.</summary>
internal sealed class PageNews
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What went wrong in the last render; null when nothing did.</summary>
    internal string? Notice { get; private set; }

    /// <summary>Completes when there is something new.</summary>
    internal Task Next => Volatile.Read(ref _next).Task;

    internal void Publish(string? notice)
    {
        Notice = notice;
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
