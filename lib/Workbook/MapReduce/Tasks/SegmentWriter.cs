namespace Workbook.MapReduce.Tasks;

/// <summary>Writes segments through a buffer of its own. The format is described at <see cref="Segment"/>.</summary>
internal sealed class SegmentWriter(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _buffered;
    private long _flushed;

    /// <summary>How many bytes were written so far.</summary>
    public long Length => _flushed + _buffered;

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
            stream.Write(bytes);
            _flushed += bytes.Length;
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
    }

    public void WriteLength(long length)
    {
        if (_buffer.Length - _buffered < 10)
            Flush();
        for (; length >= 0x80; length >>= 7)
            _buffer[_buffered++] = (byte)(length | 0x80);
        _buffer[_buffered++] = (byte)length;
    }

    public void Flush()
    {
        stream.Write(_buffer, 0, _buffered);
        _flushed += _buffered;
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
