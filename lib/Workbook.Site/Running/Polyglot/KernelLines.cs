using System.Text;

namespace Workbook.Site.Running.Polyglot;

/// <summary>Reads lines that may be of any length without ever holding more than a limit.</summary>
internal sealed class KernelLines(TextReader reader, int longest)
{
    private readonly char[] _buffer = new char[1 << 16];
    private readonly StringBuilder _line = new();
    private int _at;
    private int _count;

    /// <summary>How many lines were longer than the limit, and are lost.</summary>
    internal int Lost { get; private set; }

    /// <summary>The next line of at most the limit; null at the end.</summary>
    internal async Task<string?> ReadAsync()
    {
        var isLost = false;
        while (true)
        {
            if (_at == _count)
            {
                (_at, _count) = (0, await reader.ReadAsync(_buffer));
                if (_count == 0)
                    return _line.Length == 0 ? null : Take();
            }
            var end = _buffer.AsSpan(_at, _count - _at).IndexOf('\n');
            var length = end < 0 ? _count - _at : end;
            if (_line.Length + length > longest)
            {
                isLost = true;
                _line.Clear();
            }
            else if (!isLost)
                _line.Append(_buffer, _at, length);
            _at += end < 0 ? length : length + 1;
            if (end < 0)
                continue;
            if (!isLost)
                return Take();
            Lost++;
            isLost = false;
        }
    }

    private string Take()
    {
        var line = _line.ToString().TrimEnd('\r');
        _line.Clear();
        return line;
    }
}
