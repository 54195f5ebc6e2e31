using System.Text;

namespace Workbook.Site.Running.Host;

/// <summary>
/// Where a cell's console text and shown values go, from whatever thread, in the order they came. What is above the limits is
/// counted and dropped here, so that a cell which prints for ever costs the runner nothing.
/// </summary>
internal sealed class CellStage
{
    // A cell that is about to crash loses what still waits; only one that prints a lot waits at all.
    private const int SentAtOnce = 16 << 10;
    private const int LongestWait = 8 << 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly StringBuilder _waiting = new();
    private readonly Action<HostReport> _send;
    private readonly StartNotebook _limits;
    private readonly Timer _timer;
    private bool _waitingIsError;
    private long _printed;
    private long _dropped;
    private long _droppedTold;
    private long _shown;
    private DisplayAllowance _allowance;
    private long _withheldBytes;
    private long _withheldValues;
    private long _withheldTold;

    internal CellStage(Action<HostReport> send, StartNotebook limits)
    {
        _send = send;
        _limits = limits;
        _allowance = Allowance();
        _timer = new Timer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether each value is shown as plain text as well.</summary>
    internal bool WithPlainText => _limits.WithPlainText;

    /// <summary>Makes ready for a cell: its limits are counted anew, and the console leads here, wherever a cell before has sent it.</summary>
    internal void Raise()
    {
        lock (_lock)
        {
            FlushLocked();
            (_printed, _dropped, _droppedTold) = (0, 0, 0);
            (_allowance, _withheldBytes, _withheldValues, _withheldTold) = (Allowance(), 0, 0, 0);
        }
        Console.SetOut(new StageWriter(this, isError: false));
        Console.SetError(new StageWriter(this, isError: true));
        _timer.Change(Pause, Pause);
    }

    /// <summary>Sends what waits, at a cell's end.</summary>
    internal void Lower()
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Flush();
    }

    internal void Flush()
    {
        lock (_lock)
        {
            FlushLocked();
            if (_withheldValues != _withheldTold)
                TellWithheld();
        }
    }

    internal void Print(bool isError, ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            var bytes = Encoding.UTF8.GetByteCount(text);
            if (_printed + bytes > _limits.OutputLimitBytes)
            {
                var kept = Prefix(text, _limits.OutputLimitBytes - _printed);
                _dropped += bytes - Encoding.UTF8.GetByteCount(kept);
                text = kept;
                _printed = _limits.OutputLimitBytes;
            }
            else
                _printed += bytes;
            if (text.IsEmpty)
                return;
            if (isError != _waitingIsError)
                FlushLocked();
            _waitingIsError = isError;
            _waiting.Append(text);
            if (_printed < SentAtOnce || _waiting.Length >= LongestWait)
                FlushLocked();
        }
    }

    /// <summary>Shows a value.</summary>
    /// <returns>A number by which it can be shown again.</returns>
    internal long Show(Dictionary<string, string> data)
    {
        lock (_lock)
        {
            FlushLocked();
            if (Fits(data, isNew: true))
                _send(new Shown(++_shown, data));
            return _shown;
        }
    }

    /// <summary>Changes what a value shown before looks like.</summary>
    internal void ShowAgain(long id, Dictionary<string, string> data)
    {
        lock (_lock)
        {
            FlushLocked();
            if (Fits(data, isNew: false))
                _send(new ShownAgain(id, data));
        }
    }

    private DisplayAllowance Allowance() => new(_limits.DisplayLimit, _limits.DisplayLimitBytes);

    private bool Fits(Dictionary<string, string> data, bool isNew)
    {
        var bytes = DisplayAllowance.BytesOf(data);
        if (_allowance.Take(bytes, isNew))
            return true;
        _withheldBytes += bytes;
        _withheldValues++;
        if (_withheldTold == 0)
            TellWithheld();
        return false;
    }

    private void TellWithheld()
    {
        _send(new Withheld(_withheldValues, _withheldBytes));
        _withheldTold = _withheldValues;
    }

    private void FlushLocked()
    {
        if (_waiting.Length > 0)
        {
            _send(new Printed(_waitingIsError, _waiting.ToString()));
            _waiting.Clear();
        }
        if (_dropped != _droppedTold)
        {
            _send(new Dropped(_dropped));
            _droppedTold = _dropped;
        }
    }

    /// <summary>As much of the text as fits into some bytes, never half a character.</summary>
    private static ReadOnlySpan<char> Prefix(ReadOnlySpan<char> text, long bytes)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
                break;
            length += rune.Utf16SequenceLength;
        }
        return text[..Math.Min(length, text.Length)];
    }
}
