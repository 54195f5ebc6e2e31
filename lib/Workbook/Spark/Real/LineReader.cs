using System.Text;
using Workbook.Spark.Readers;

namespace Workbook.Spark.Real;

/// <summary>The lines that begin in a part of a file, in UTF-8. They end in LF or CR LF; the last one need not.</summary>
internal sealed class LineReader : Reader<string>
{
    private readonly TextPart _part;
    private readonly Site _site;
    private readonly FileStream _file;
    private readonly string[] _batch = new string[Reader.BatchSize];
    private byte[] _buffer = new byte[1 << 18];
    private long _position;
    private int _from;
    private int _to;

    public LineReader(TextPart part, Site site)
    {
        (_part, _site, _file) = (part, site, TextFiles.Open(part.File));
        if (part.From == 0) return;

        // A line that begins at the first byte is ours: the byte before it ends another one.
        _file.Position = _position = part.From - 1;
        _ = NextLine(out _);
    }

    public override bool Read(out ReadOnlySpan<string> batch)
    {
        var (filled, isFirst) = (0, _position == 0);
        while (filled < _batch.Length && _position < _part.To && NextLine(out var line)) _batch[filled++] = Encoding.UTF8.GetString(line);

        // Some editors put a mark before the first line that is no part of it.
        if (isFirst && filled > 0 && _batch[0].StartsWith('\uFEFF')) _batch[0] = _batch[0][1..];
        _site.Had(filled);
        if (filled == 0) _site.End();
        batch = _batch.AsSpan(0, filled);
        return filled > 0;
    }

    public override void Dispose() => _file.Dispose();

    private bool NextLine(out ReadOnlySpan<byte> line)
    {
        for (var looked = 0; ;)
        {
            var end = _buffer.AsSpan(_from + looked, _to - _from - looked).IndexOf((byte)'\n');
            if (end >= 0)
            {
                line = Take(looked + end, ended: 1);
                return true;
            }

            looked = _to - _from;
            if (Fill()) continue;
            line = looked == 0 ? default : Take(looked, ended: 0);
            return looked > 0;
        }
    }

    private ReadOnlySpan<byte> Take(int length, int ended)
    {
        var line = _buffer.AsSpan(_from, length);
        _from += length + ended;
        _position += length + ended;
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
        (_from, _to) = (0, _to - _from);
        if (_to == _buffer.Length)
        {
            if (_buffer.Length > 1 << 29)
                throw new SparkException($"{_part.File} has a line of more than {_buffer.Length:N0} bytes: it is no text file, or its lines end in something else than LF.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = TextFiles.Explained(_part.File, () => _file.Read(_buffer, _to, _buffer.Length - _to));
        _to += read;
        return read > 0;
    }
}
