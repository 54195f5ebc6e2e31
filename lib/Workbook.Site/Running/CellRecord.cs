using System.Text;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Running;

/// <summary>What a cell has shown so far, in order. Used by several threads.</summary>
internal sealed class CellRecord(RunOptions options)
{
    private readonly Lock _lock = new();
    private readonly List<CellOutput> _outputs = [];
    private readonly StringBuilder _text = new();
    private bool _textIsError;
    private long _printed;
    private long _dropped;
    private long _droppedBefore;
    private int? _cutAt;
    private (long Values, long Bytes) _withheld;
    private int _withheldAt;

    internal void Print(bool isError, string text)
    {
        lock (_lock)
        {
            _printed += Encoding.UTF8.GetByteCount(text);
            // The process that runs the cell cuts what comes through the console; this catches what comes past it.
            if (_printed > options.OutputLimitBytes + 1024)
            {
                Cut();
                _dropped += Encoding.UTF8.GetByteCount(text);
                return;
            }
            if (isError != _textIsError)
                EndText();
            _textIsError = isError;
            _text.Append(text);
        }
    }

    /// <summary>Notes how much the process that runs the cell has dropped, up to now.</summary>
    internal void NoteDropped(long bytes)
    {
        lock (_lock)
        {
            Cut();
            _droppedBefore = bytes;
        }
    }

    /// <summary>Notes how many shown values, and how many bytes of them, the process that runs the cell has kept back, up to now.</summary>
    internal void NoteWithheld(long values, long bytes)
    {
        lock (_lock)
        {
            EndText();
            if (_withheld.Values == 0)
                _withheldAt = _outputs.Count;
            _withheld = (values, bytes);
        }
    }

    /// <summary>Keeps one more shown value back.</summary>
    internal void Withhold(long bytes)
    {
        lock (_lock)
            NoteWithheld(_withheld.Values + 1, _withheld.Bytes + bytes);
    }

    /// <summary>Adds an output.</summary>
    /// <returns>Its place, by which it can be replaced.</returns>
    internal int Add(CellOutput output)
    {
        lock (_lock)
        {
            EndText();
            _outputs.Add(output);
            return _outputs.Count - 1;
        }
    }

    internal void Replace(int place, CellOutput output)
    {
        lock (_lock)
            _outputs[place] = output;
    }

    internal IReadOnlyList<CellOutput> Outputs()
    {
        lock (_lock)
        {
            EndText();
            var outputs = _outputs.ToList();
            foreach (var (place, notice) in Notices().OrderByDescending(notice => notice.Place))
                outputs.Insert(place, new StreamOutput(true, notice + "\n"));
            return outputs;
        }
    }

    private IEnumerable<(int Place, string Notice)> Notices()
    {
        if (_cutAt is { } place)
            yield return (place, $"output cut after {ByteSize.Text(options.OutputLimitBytes)}; {ByteSize.Text(_dropped + _droppedBefore)} more were dropped");
        if (_withheld.Values > 0)
            yield return (_withheldAt, $"{_withheld.Values:N0} shown value{(_withheld.Values == 1 ? "" : "s")} of {ByteSize.Text(_withheld.Bytes)} left out: "
                + $"one cell may show {options.DisplayLimit:N0} values and {ByteSize.Text(options.DisplayLimitBytes)}");
    }

    private void Cut()
    {
        EndText();
        _cutAt ??= _outputs.Count;
    }

    private void EndText()
    {
        if (_text.Length == 0)
            return;
        if (_outputs is [.., StreamOutput last] && last.IsError == _textIsError && !IsNoticeHere())
            _outputs[^1] = last with { Text = last.Text + _text };
        else
            _outputs.Add(new StreamOutput(_textIsError, _text.ToString()));
        _text.Clear();
    }

    private bool IsNoticeHere() => _cutAt == _outputs.Count || (_withheld.Values > 0 && _withheldAt == _outputs.Count);
}
