using System.Diagnostics;
using Workbook.Site.Notebooks;
using Workbook.Site.Running.Packages;

namespace Workbook.Site.Running;

/// <summary>One run of a notebook: asks its process for one cell after another, keeps what they show, and knows when it is enough.</summary>
internal sealed class RunningNotebook(string folder, IReadOnlyList<Cell> cells, RunOptions options, IProgress<CellProgress>? progress)
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);

    private readonly CellRecord[] _records = [.. cells.Select(_ => new CellRecord(options))];
    private readonly Dictionary<long, (int Cell, int Place)> _shown = [];
    private readonly CellRun[] _runs = new CellRun[cells.Count];
    private HostReport? _lastWords;
    private volatile int _current;

    internal async Task<NotebookRun> ToEndAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var plan = new RestorePlan(cells, new PackageRestore(folder, options), stop.Token);
        var start = Stopwatch.GetTimestamp();
        try
        {
            await using var host = await HostProcess.StartAsync(folder, options, (isError, text) => _records[_current].Print(isError, text), stop.Token);
            host.Ask(new StartNotebook(folder, options.OutputLimitBytes, options.DisplayLimitBytes, options.DisplayLimit, options.WithPlainText));
            await host.ReadyAsync(stop.Token);
            using var limits = new RunLimits(host.Tree, options, stop.Token);
            for (var i = 0; i < cells.Count; i++)
            {
                if (await RunAsync(i, host, plan, limits) is { } death)
                {
                    LeaveOut(i + 1, death);
                    break;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await plan.EndedAsync();
        }
        // Once more for all cells: what they show may have changed after they ended.
        var runs = _runs.Select((run, i) => run with { Outputs = _records[i].Outputs() }).ToList();
        return new NotebookRun(runs, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Runs a cell.</summary>
    /// <returns>Null, or the number of the cell after which no other can be run.</returns>
    private async Task<int?> RunAsync(int index, HostProcess host, RestorePlan plan, RunLimits limits)
    {
        _current = index;
        progress?.Report(new CellProgress(index, cells.Count, cells[index], null, null));
        var restored = await RestoredAsync(index, plan, limits.Stop);
        var start = Stopwatch.GetTimestamp();
        var limit = limits.ForCell();
        host.Ask(new RunCell(index + 1, cells[index].Source, cells[index].Tags, restored?.Packages, restored?.Problem));
        var ended = await FollowAsync(host, limit);
        limits.Stop.ThrowIfCancellationRequested();
        if (ended is not null)
        {
            await Task.WhenAll(host.Output.ReachMarkAsync(LongestFarewell), host.Errors.ReachMarkAsync(LongestFarewell));
            End(index, ended, Stopwatch.GetElapsedTime(start));
            return null;
        }
        var error = await ObituaryAsync(host, limits);
        End(index, new CellEnded(CellOutcome.Failed, error.Message, [error]), Stopwatch.GetElapsedTime(start));
        return index + 1;
    }

    private async Task<RestoreResult?> RestoredAsync(int index, RestorePlan plan, CancellationToken cancellationToken)
    {
        if (plan.For(cells[index]) is not { } restore)
            return null;
        if (!restore.IsCompleted)
            progress?.Report(new CellProgress(index, cells.Count, cells[index], null, $"restoring {plan.Names[cells[index].Id]}"));
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
                _records[_current].Print(printed.IsError, printed.Text);
                break;
            case Dropped dropped:
                _records[_current].NoteDropped(dropped.Bytes);
                break;
            case Withheld withheld:
                _records[_current].NoteWithheld(withheld.Values, withheld.Bytes);
                break;
            case Shown shown:
                _shown[shown.Id] = (_current, _records[_current].Add(new DisplayOutput(shown.Data)));
                break;
            case ShownAgain again when _shown.TryGetValue(again.Id, out var where):
                _records[where.Cell].Replace(where.Place, new DisplayOutput(again.Data));
                break;
            case ProcessExits or ProcessFails:
                _lastWords ??= report;
                break;
        }
    }

    private void End(int index, CellEnded ended, TimeSpan elapsed)
    {
        foreach (var error in ended.Errors)
            _records[index].Add(error);
        _runs[index] = new CellRun(cells[index].Id, ended.Outcome, ended.Reason, _records[index].Outputs(), elapsed);
        progress?.Report(new CellProgress(index, cells.Count, cells[index], _runs[index], null));
    }

    private void LeaveOut(int first, int deadly)
    {
        var reason = $"Not run: cell {deadly} ended the notebook's process, and with it all values.";
        for (var i = first; i < cells.Count; i++)
            End(i, new CellEnded(CellOutcome.NotRun, reason, []), TimeSpan.Zero);
    }
}
