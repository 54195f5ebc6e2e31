namespace Workbook.MapReduce.Tasks;

/// <summary>Writes segments through a buffer of its own. The format is described at <see cref="Segment"/>.</summary>
internal sealed class SegmentWriter
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Stream _stream = Stream.Null;
    private int _buffered;

    /// <summary>Writes to this stream from now on.</summary>
    public void Begin(Stream stream) => _stream = stream;

    /// <summary>Begins a group: values of <paramref name="valuesLength"/> bytes, their own lengths included, must follow.</summary>
    public void WriteKey(ReadOnlySpan<byte> key, long valuesLength)
    {
        WriteLength(key.Length);
        Write(key);
        WriteLength(valuesLength);
    }

    public void WriteValue(ReadOnlySpan<byte> value)
    {
        WriteLength(value.Length);
        Write(value);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _buffered)
            Flush();
        if (bytes.Length > _buffer.Length)
        {
            _stream.Write(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
    }

    public void WriteLength(long length)
    {
        if (_buffer.Length - _buffered < 10)
            Flush();
        _buffered += WriteLength(length, _buffer.AsSpan(_buffered));
    }

    /// <summary>Writes a length into a span, and says how many bytes it took: at most ten.</summary>
    public static int WriteLength(long length, Span<byte> to)
    {
        var size = 0;
        for (; length >= 0x80; length >>= 7)
            to[size++] = (byte)(length | 0x80);
        to[size++] = (byte)length;
        return size;
    }

    /// <summary>To be called at the end of a segment.</summary>
    public void Flush()
    {
        _stream.Write(_buffer, 0, _buffered);
        _buffered = 0;
    }

    /// <summary>How many bytes <see cref="WriteValue"/> needs for a value of this length.</summary>
    public static int SizeOfValue(int length) => length + SizeOfLength(length);

    public static int SizeOfLength(int length)
    {
        var size = 1;
        for (; length >= 0x80; length >>= 7)
            size++;
        return size;
    }
}
