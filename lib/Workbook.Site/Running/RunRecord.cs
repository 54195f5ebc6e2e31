using Workbook.Site.Notebooks;

namespace Workbook.Site.Running;

/// <summary>A notebook's run while it goes on, whichever engine does it: what each cell has shown, how it ended, and who is told.</summary>
internal sealed class RunRecord(IReadOnlyList<Cell> cells, RunOptions options, IProgress<CellProgress>? progress)
{
    private readonly CellRecord[] _records = [.. cells.Select(_ => new CellRecord(options))];
    private readonly CellRun[] _runs = new CellRun[cells.Count];
    private volatile int _current;

    /// <summary>The index of the cell that runs.</summary>
    internal int Current => _current;

    /// <summary>What a cell has shown so far.</summary>
    internal CellRecord Of(int index) => _records[index];

    /// <summary>A cell begins.</summary>
    internal void Begin(int index)
    {
        _current = index;
        Tell(index, null, null);
    }

    /// <summary>Tells what the cell that runs is waiting for.</summary>
    internal void Note(string note) => Tell(_current, null, note);

    /// <summary>A cell has ended.</summary>
    internal void End(int index, CellOutcome outcome, string? reason, IReadOnlyList<ErrorOutput> errors, TimeSpan elapsed)
    {
        foreach (var error in errors)
            _records[index].Add(error);
        _runs[index] = new CellRun(cells[index].Id, outcome, reason, _records[index].Outputs(), elapsed);
        Tell(index, _runs[index], null);
    }

    /// <summary>The cells after one that ended the process are not run.</summary>
    internal void LeaveOutAfter(int index)
    {
        for (var left = index + 1; left < cells.Count; left++)
            End(left, CellOutcome.NotRun, $"Not run: cell {index + 1} ended the notebook's process, and with it all values.", [], TimeSpan.Zero);
    }

    /// <summary>The whole run. Outputs are read once more: what cells show may have changed after they ended.</summary>
    internal NotebookRun Whole(TimeSpan elapsed) => new([.. _runs.Select((run, index) => run with { Outputs = _records[index].Outputs() })], elapsed);

    private void Tell(int index, CellRun? run, string? note) => progress?.Report(new CellProgress(index, cells.Count, cells[index], run, note));
}
