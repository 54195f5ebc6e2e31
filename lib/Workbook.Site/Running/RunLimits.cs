using System.Diagnostics;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Running;

/// <summary>Watches over time and memory while a notebook runs, and remembers what was exceeded.</summary>
internal sealed class RunLimits : IDisposable
{
    /// <summary>The collector holds its heap below the limit by itself and lets the cell fail; this is for memory that it does not govern.</summary>
    private const long BesideTheHeap = 256 << 20;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private readonly Func<ProcessTree> _tree;
    private readonly RunOptions _options;
    private readonly CancellationTokenSource _excess = new();
    private readonly Timer _look;
    private readonly long _start = Stopwatch.GetTimestamp();
    private CancellationTokenSource? _cell;
    private string _timeIsUp = "";
    private volatile ErrorOutput? _exceeded;

    /// <param name="tree">The notebook's process and all that it has started, as they are when asked.</param>
    /// <param name="options">The limits.</param>
    /// <param name="stop">Cancelled when the caller wants no more.</param>
    internal RunLimits(Func<ProcessTree> tree, RunOptions options, CancellationToken stop)
    {
        (_tree, _options, Stop) = (tree, options, stop);
        _look = new Timer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>Cancelled when the caller wants no more.</summary>
    internal CancellationToken Stop { get; }

    /// <summary>Begins a cell.</summary>
    /// <returns>Cancelled as soon as the cell has exceeded something.</returns>
    internal CancellationToken ForCell()
    {
        _cell?.Dispose();
        _cell = CancellationTokenSource.CreateLinkedTokenSource(Stop, _excess.Token);
        var left = _options.NotebookTimeout - Stopwatch.GetElapsedTime(_start);
        var isCells = left is null || left > _options.CellTimeout;
        _timeIsUp = isCells
            ? $"it ran longer than {Durations.Seconds(_options.CellTimeout)}"
            : $"the notebook ran longer than {Durations.Seconds(_options.NotebookTimeout!.Value)}";
        _cell.CancelAfter(isCells ? _options.CellTimeout : TimeSpan.FromTicks(Math.Max(0, left!.Value.Ticks)));
        return _cell.Token;
    }

    /// <summary>What the cell has exceeded, or null.</summary>
    internal ErrorOutput? Verdict() => _cell switch
    {
        _ when _exceeded is { } exceeded => exceeded,
        { IsCancellationRequested: true } => new ErrorOutput("TimeLimit", $"The cell was stopped: {_timeIsUp}.", ""),
        _ => null,
    };

    public void Dispose()
    {
        _look.Dispose();
        _cell?.Dispose();
        _excess.Dispose();
    }

    private void Look()
    {
        try
        {
            if (_exceeded is not null || Excess(_tree()) is not { } excess)
                return;
            _exceeded = excess;
            _excess.Cancel();
        }
        catch (InvalidOperationException)
        {
            // The run ended in this moment.
        }
    }

    private ErrorOutput? Excess(ProcessTree tree)
    {
        if (tree.RootBytes > _options.MemoryLimitBytes + BesideTheHeap)
            return Memory("its process");
        if (tree.Bytes > _options.MemoryLimitBytes + BesideTheHeap)
            return Memory("its process and the programs that it started");
        return tree.Count - 1 > _options.ProgramLimit
            ? new ErrorOutput("ProgramLimit", $"The cell was stopped: more than {_options.ProgramLimit} programs that it started were running.", "")
            : null;
    }

    private ErrorOutput Memory(string who) =>
        new("MemoryLimit", $"The cell was stopped: {who} held more than {ByteSize.Text(_options.MemoryLimitBytes)} of memory.", "");
}
