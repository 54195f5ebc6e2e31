using System.Diagnostics;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Running;

/// <summary>Watches over time and memory while a notebook runs, and remembers what was exceeded.</summary>
internal sealed class RunLimits : IDisposable
{
    /// <summary>The collector holds its heap below the limit by itself and lets the cell fail; this is for memory that it does not govern.</summary>
    private const long BesideTheHeap = 256 << 20;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private readonly Func<long> _memoryBytes;
    private readonly RunOptions _options;
    private readonly CancellationTokenSource _memory = new();
    private readonly Timer _look;
    private readonly long _start = Stopwatch.GetTimestamp();
    private CancellationTokenSource? _cell;
    private string _timeIsUp = "";

    internal RunLimits(HostProcess host, RunOptions options, CancellationToken stop)
        : this(host.MemoryBytes, options, stop)
    {
    }

    /// <param name="memoryBytes">How much memory the notebook's process holds.</param>
    /// <param name="options">The limits.</param>
    /// <param name="stop">Cancelled when the caller wants no more.</param>
    internal RunLimits(Func<long> memoryBytes, RunOptions options, CancellationToken stop)
    {
        (_memoryBytes, _options, Stop) = (memoryBytes, options, stop);
        _look = new Timer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>Cancelled when the caller wants no more.</summary>
    internal CancellationToken Stop { get; }

    /// <summary>Begins a cell.</summary>
    /// <returns>Cancelled as soon as the cell has exceeded something.</returns>
    internal CancellationToken ForCell()
    {
        _cell?.Dispose();
        _cell = CancellationTokenSource.CreateLinkedTokenSource(Stop, _memory.Token);
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
        _ when _memory.IsCancellationRequested => new ErrorOutput(
            "MemoryLimit", $"The cell was stopped: its process held more than {ByteSize.Text(_options.MemoryLimitBytes)} of memory.", ""),
        { IsCancellationRequested: true } => new ErrorOutput("TimeLimit", $"The cell was stopped: {_timeIsUp}.", ""),
        _ => null,
    };

    public void Dispose()
    {
        _look.Dispose();
        _cell?.Dispose();
        _memory.Dispose();
    }

    private void Look()
    {
        try
        {
            if (_memoryBytes() > _options.MemoryLimitBytes + BesideTheHeap)
                _memory.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run ended in this moment.
        }
    }
}
