using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Site.Notebooks;
using Workbook.Site.Running.Host;
using Workbook.Site.Running.Packages;

namespace Workbook.Site.Running.Polyglot;

/// <summary>One run of a notebook in the kernel: cell after cell, to the end or to the cell that ended the kernel.</summary>
internal sealed class PolyglotRun(InteractiveTool tool, string folder, IReadOnlyList<Cell> cells, RunOptions options, IProgress<CellProgress>? progress)
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);

    private readonly RunRecord _record = new(cells, options, progress);
    private readonly DisplayAllowance[] _allowances = [.. cells.Select(_ => new DisplayAllowance(options.DisplayLimit, options.DisplayLimitBytes))];
    private readonly Dictionary<string, (int Cell, int Place)> _shown = [];
    private readonly SkippedCells _skipped = new();

    internal async Task<NotebookRun> ToEndAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var plan = new RestorePlan(cells, new PackageRestore(folder, options), stop.Token);
        var start = Stopwatch.GetTimestamp();
        try
        {
            await using var kernel = await KernelProcess.StartAsync(tool, folder, options, text => _record.Of(_record.Current).Print(true, text), stop.Token);
            using var limits = new RunLimits(kernel.Tree, options, stop.Token);
            for (var i = 0; i < cells.Count; i++)
            {
                if (!await RunAsync(i, kernel, plan, limits))
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
    /// <returns>Whether the kernel is still there for the next.</returns>
    private async Task<bool> RunAsync(int index, KernelProcess kernel, RestorePlan plan, RunLimits limits)
    {
        _record.Begin(index);
        if (plan.For(cells[index]) is { } restore && await restore.WaitAsync(limits.Stop) is { Problem: { } problem })
        {
            Skip(index, problem);
            return true;
        }
        var start = Stopwatch.GetTimestamp();
        var limit = limits.ForCell();
        var diagnostics = new List<KernelDiagnostic>();
        await kernel.SubmitAsync(Token(index), cells[index].Source, limit);
        var ended = await FollowAsync(index, kernel, diagnostics, limit);
        limits.Stop.ThrowIfCancellationRequested();
        if (ended is null)
        {
            var error = await ObituaryAsync(kernel, limits);
            _record.End(index, CellOutcome.Failed, error.Message, [error], Stopwatch.GetElapsedTime(start));
            return false;
        }
        if (ended.Type == "CommandSucceeded")
            _record.End(index, CellOutcome.Succeeded, null, [], Stopwatch.GetElapsedTime(start));
        else
            Fail(index, ended.Message, [.. diagnostics.Distinct()], Stopwatch.GetElapsedTime(start));
        return true;
    }

    /// <summary>Takes what the kernel tells until the cell ends; null when the kernel or its time ended first.</summary>
    private async Task<KernelEvent?> FollowAsync(int index, KernelProcess kernel, List<KernelDiagnostic> diagnostics, CancellationToken limit)
    {
        var lost = kernel.Lost;
        try
        {
            while (await kernel.Events.WaitToReadAsync(limit))
            {
                while (kernel.Events.TryRead(out var told))
                {
                    if (kernel.Lost > lost)
                        _record.Of(index).Print(true, $"a value is not shown: one cell may show {ByteSize.Text(options.DisplayLimitBytes)}\n");
                    lost = kernel.Lost;
                    if (told.Token == Token(index) && told.Type is ("CommandSucceeded" or "CommandFailed"))
                        return told;
                    if (told.Type == "DiagnosticsProduced" && told.RootToken == Token(index))
                        diagnostics.AddRange(told.Errors());
                    else
                        Take(told);
                    // A kernel that talks without end must not outrun its time.
                    limit.ThrowIfCancellationRequested();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Whose patience ended is known to the limits.
        }
        return null;
    }

    /// <summary>Ends the kernel if it has not ended, takes what it still told, and says why it is gone.</summary>
    private async Task<ErrorOutput> ObituaryAsync(KernelProcess kernel, RunLimits limits)
    {
        var verdict = limits.Verdict();
        if (verdict is not null)
            kernel.Kill();
        using var farewell = new CancellationTokenSource(LongestFarewell);
        var exit = kernel.ExitCodeAsync();
        // A kernel that has closed its output but stays is of no more use than one that is gone.
        await Task.WhenAny(exit, Task.Delay(LongestFarewell, farewell.Token));
        kernel.Kill();
        var exitCode = await exit;
        try
        {
            while (await kernel.Events.WaitToReadAsync(farewell.Token))
            {
                while (kernel.Events.TryRead(out var told))
                    Take(told);
            }
        }
        catch (OperationCanceledException)
        {
            // A program that a cell started may hold the stream open.
        }
        await Task.WhenAny(kernel.Errors.Ended, Task.Delay(LongestFarewell, farewell.Token));
        return verdict ?? ProcessDeath.Explain(null, exitCode, kernel.Errors.LastWords);
    }

    private void Take(KernelEvent told)
    {
        // What a cell has left running may show something while a later one runs; it belongs to the cell that began it.
        var index = CellOf(told.RootToken) ?? _record.Current;
        switch (told.Type)
        {
            case null:
                _record.Of(index).Print(false, told.Text + "\n");
                break;
            case "StandardOutputValueProduced" or "StandardErrorValueProduced":
                _record.Of(index).Print(told.Type.StartsWith("StandardError", StringComparison.Ordinal), told.Values().Values.FirstOrDefault() ?? "");
                break;
            case "ReturnValueProduced" or "DisplayedValueProduced" when Fits(index, told.Values(), isNew: true) is { } values:
                var place = _record.Of(index).Add(new DisplayOutput(values));
                if (told.ValueId is { } id)
                    _shown[id] = (index, place);
                break;
            case "DisplayedValueUpdated" when _shown.TryGetValue(told.ValueId ?? "", out var where) && Fits(where.Cell, told.Values(), isNew: false) is { } changed:
                _record.Of(where.Cell).Replace(where.Place, new DisplayOutput(changed));
                break;
            case "ErrorProduced":
                _record.Of(index).Print(true, told.Message + "\n");
                break;
        }
    }

    private Dictionary<string, string>? Fits(int index, Dictionary<string, string> values, bool isNew)
    {
        if (values.Count == 0)
            return null;
        var bytes = DisplayAllowance.BytesOf(values);
        if (_allowances[index].Take(bytes, isNew))
            return values;
        _record.Of(index).Withhold(bytes);
        return null;
    }

    private void Fail(int index, string message, IReadOnlyList<KernelDiagnostic> diagnostics, TimeSpan elapsed)
    {
        var cell = cells[index];
        var names = diagnostics.Select(error => (error.Code, KernelErrors.NameAt(error, cell.Source)));
        if (diagnostics.Count > 0 && _skipped.ReasonToSkip(names, cell.Tags) is { } inherited)
        {
            Skip(index, inherited);
            return;
        }
        var packages = PackageDirective.In(cell.Source);
        if (packages.Count > 0 && diagnostics.Count == 0 && message.Contains("NU1", StringComparison.Ordinal))
        {
            // It could be had a moment ago, or by other sources than the kernel's.
            Skip(index, $"{string.Join(", ", packages)} could not be restored: {message.Split('\n')[0].Trim()}");
            return;
        }
        _skipped.RememberFailure(Parse(cell));
        var errors = KernelErrors.From(message, diagnostics, cell.Source);
        _record.End(index, CellOutcome.Failed, CellErrors.Sentence(errors[0]), errors, elapsed);
    }

    private void Skip(int index, string reason)
    {
        _skipped.Remember(Parse(cells[index]), reason);
        _record.End(index, CellOutcome.Skipped, reason, [], TimeSpan.Zero);
    }

    private static SyntaxTree Parse(Cell cell) =>
        CSharpSyntaxTree.ParseText(cell.Source, new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script));

    private static string Token(int index) => $"t{index + 1}";

    private int? CellOf(string token) =>
        token is ['t', .. var number] && int.TryParse(number, out var cell) && cell >= 1 && cell <= cells.Count ? cell - 1 : null;
}
