using System.Runtime.InteropServices;

namespace Workbook.MapReduce.Tasks;

/// <summary>The lines of a split: each ends at LF or CRLF, the last one perhaps at the end of the file.</summary>
internal readonly struct Lines
{
    private readonly Split _split;
    private readonly byte[] _buffer;
    private readonly int _start;
    private readonly int _end;

    public Lines(Split split, ReadOnlyMemory<byte> bytes)
    {
        _split = split;
        var array = MemoryMarshal.TryGetArray(bytes, out var segment) ? segment : new ArraySegment<byte>(bytes.ToArray());
        _buffer = array.Array!;
        _start = array.Offset;
        _end = array.Offset + array.Count;
    }

    public Enumerator GetEnumerator() => new(this);

    internal struct Enumerator(Lines lines)
    {
        private int _next = lines._start;
        private int _at;
        private int _length;

        public readonly Line Current =>
            new(lines._split.File, lines._split.Offset + _at - lines._start, new ByteString(lines._buffer, _at, _length));

        public bool MoveNext()
        {
            _at = _next;
            if (_at == lines._end)
                return false;
            _length = lines._buffer.AsSpan(_at, lines._end - _at).IndexOf((byte)'\n');
            if (_length < 0)
            {
                _length = lines._end - _at;
                _next = lines._end;
                return true;
            }

            _next = _at + _length + 1;
            if (_length > 0 && lines._buffer[_at + _length - 1] == '\r')
                _length--;
            return true;
        }
    }
}
