using System.Diagnostics;
using Workbook.Site.Notebooks;
using Workbook.Site.Running.Packages;

namespace Workbook.Site.Running;

/// <summary>One run of a notebook: asks its process for one cell after another, keeps what they show, and knows when it is enough.</summary>
internal sealed class RunningNotebook(string folder, IReadOnlyList<Cell> cells, RunOptions options, IProgress<CellProgress>? progress)
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);

    private readonly RunRecord _record = new(cells, options, progress);
    private readonly Dictionary<long, (int Cell, int Place)> _shown = [];
    private HostReport? _lastWords;

    private CellRecord Current => _record.Of(_record.Current);

    internal async Task<NotebookRun> ToEndAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var plan = new RestorePlan(cells, new PackageRestore(folder, options), stop.Token);
        var start = Stopwatch.GetTimestamp();
        try
        {
            await using var host = await HostProcess.StartAsync(folder, options, (isError, text) => Current.Print(isError, text), stop.Token);
            host.Ask(new StartNotebook(folder, options.OutputLimitBytes, options.DisplayLimitBytes, options.DisplayLimit, options.WithPlainText));
            await host.ReadyAsync(stop.Token);
            using var limits = new RunLimits(host.Tree, options, stop.Token);
            for (var i = 0; i < cells.Count; i++)
            {
                if (!await RunAsync(i, host, plan, limits))
                {
                    _record.LeaveOutAfter(i);
                    break;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await plan.EndedAsync();
        }
        return _record.Whole(Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Runs a cell.</summary>
    /// <returns>Whether the process is still there for the next.</returns>
    private async Task<bool> RunAsync(int index, HostProcess host, RestorePlan plan, RunLimits limits)
    {
        _record.Begin(index);
        var restored = await RestoredAsync(index, plan, limits.Stop);
        var start = Stopwatch.GetTimestamp();
        var limit = limits.ForCell();
        host.Ask(new RunCell(index + 1, cells[index].Source, cells[index].Tags, restored?.Packages, restored?.Problem));
        var ended = await FollowAsync(host, limit);
        limits.Stop.ThrowIfCancellationRequested();
        if (ended is not null)
        {
            await Task.WhenAll(host.Output.ReachMarkAsync(LongestFarewell), host.Errors.ReachMarkAsync(LongestFarewell));
            _record.End(index, ended.Outcome, ended.Reason, ended.Errors, Stopwatch.GetElapsedTime(start));
            return true;
        }
        var error = await ObituaryAsync(host, limits);
        _record.End(index, CellOutcome.Failed, error.Message, [error], Stopwatch.GetElapsedTime(start));
        return false;
    }

    private async Task<RestoreResult?> RestoredAsync(int index, RestorePlan plan, CancellationToken cancellationToken)
    {
        if (plan.For(cells[index]) is not { } restore)
            return null;
        if (!restore.IsCompleted)
            _record.Note($"restoring {plan.Names[cells[index].Id]}");
        return await restore.WaitAsync(cancellationToken);
    }

    /// <summary>Takes what the process tells until the cell ends; null when the process or its time ended first.</summary>
    private async Task<CellEnded?> FollowAsync(HostProcess host, CancellationToken limit)
    {
        try
        {
            while (await host.Reports.WaitToReadAsync(limit))
            {
                while (host.Reports.TryRead(out var report))
                {
                    if (report is CellEnded ended)
                        return ended;
                    Take(report);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Whose patience ended is known to the limits.
        }
        return null;
    }

    /// <summary>Ends the process if it has not ended, takes what it still told, and says why it is gone.</summary>
    private async Task<ErrorOutput> ObituaryAsync(HostProcess host, RunLimits limits)
    {
        var verdict = limits.Verdict();
        if (verdict is not null)
            host.Kill();
        var exitCode = await host.ExitCodeAsync();
        // What it started must not keep the streams open.
        host.Kill();
        using var farewell = new CancellationTokenSource(LongestFarewell);
        await FollowAsync(host, farewell.Token);
        await Task.WhenAny(Task.WhenAll(host.Output.Ended, host.Errors.Ended), Task.Delay(LongestFarewell, farewell.Token));
        return verdict ?? ProcessDeath.Explain(_lastWords, exitCode, host.Errors.LastWords);
    }

    private void Take(HostReport report)
    {
        switch (report)
        {
            case Printed printed:
                Current.Print(printed.IsError, printed.Text);
                break;
            case Dropped dropped:
                Current.NoteDropped(dropped.Bytes);
                break;
            case Withheld withheld:
                Current.NoteWithheld(withheld.Values, withheld.Bytes);
                break;
            case Shown shown:
                _shown[shown.Id] = (_record.Current, Current.Add(new DisplayOutput(shown.Data)));
                break;
            case ShownAgain again when _shown.TryGetValue(again.Id, out var where):
                _record.Of(where.Cell).Replace(where.Place, new DisplayOutput(again.Data));
                break;
            case ProcessExits or ProcessFails:
                _lastWords ??= report;
                break;
        }
    }
}
