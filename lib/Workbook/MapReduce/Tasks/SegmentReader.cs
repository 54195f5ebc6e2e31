using System.Buffers.Binary;

namespace Workbook.MapReduce.Tasks;

/// <summary>Reads a segment key by key and value by value through a small window, however large the segment is.</summary>
internal sealed class SegmentReader(Segment segment)
{
    private byte[] _window = new byte[(int)Math.Min(64 * 1024, Math.Max(16, segment.Length))];
    private int _at;
    private int _end;
    private long _unread = segment.Length;
    private byte[] _key = new byte[32];
    private int _keyLength;

    /// <summary>The current key's bytes.</summary>
    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

    /// <summary>Its first eight bytes as a number: comparing these settles most comparisons of keys.</summary>
    public ulong KeyPrefix { get; private set; }

    /// <summary>How many bytes of the current key's values have not been read.</summary>
    public long ValuesLeft { get; private set; }

    /// <summary>Goes on to the next key, past what is left of the current one's values. False at the end.</summary>
    public bool NextKey()
    {
        SkipValues();
        if (_at == _end && _unread == 0)
            return false;
        _keyLength = (int)ReadLength();
        if (_key.Length < _keyLength)
            _key = new byte[Math.Max(_keyLength, _key.Length * 2)];
        Take(_keyLength).CopyTo(_key);
        KeyPrefix = Prefix(Key);
        ValuesLeft = ReadLength();
        return true;
    }

    /// <summary>The current key's next value; holds until the next call. False when it has no more.</summary>
    public bool NextValue(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (ValuesLeft == 0)
            return false;
        var length = (int)ReadLength();
        ValuesLeft -= SegmentWriter.SizeOfValue(length);
        value = Take(length);
        return true;
    }

    /// <summary>Copies what is left of the current key's values, as they are.</summary>
    public void CopyValues(SegmentWriter to)
    {
        while (ValuesLeft > 0)
            to.Write(TakeSomeValues());
    }

    public static ulong Prefix(ReadOnlySpan<byte> key)
    {
        if (key.Length >= 8)
            return BinaryPrimitives.ReadUInt64BigEndian(key);
        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        key.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }

    /// <summary>Takes a length from the beginning of a span.</summary>
    public static long ReadLength(ref ReadOnlySpan<byte> from)
    {
        var length = 0L;
        for (var i = 0; ; i++)
        {
            length |= (long)(from[i] & 0x7F) << (7 * i);
            if (from[i] >= 0x80)
                continue;
            from = from[(i + 1)..];
            return length;
        }
    }

    private void SkipValues()
    {
        while (ValuesLeft > 0)
            TakeSomeValues();
    }

    private ReadOnlySpan<byte> TakeSomeValues()
    {
        Need(1);
        var some = Take((int)Math.Min(ValuesLeft, _end - _at));
        ValuesLeft -= some.Length;
        return some;
    }

    private long ReadLength()
    {
        var length = 0L;
        for (var shift = 0; ; shift += 7)
        {
            Need(1);
            var b = _window[_at++];
            length |= (long)(b & 0x7F) << shift;
            if (b < 0x80)
                return length;
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        Need(count);
        var bytes = _window.AsSpan(_at, count);
        _at += count;
        return bytes;
    }

    private void Need(int count)
    {
        if (_end - _at < count)
            Fill(count);
    }

    private void Fill(int count)
    {
        var kept = _window.AsSpan(_at, _end - _at);
        var target = count <= _window.Length ? _window : new byte[Math.Max(count, (int)Math.Min(2L * _window.Length, Array.MaxLength))];
        kept.CopyTo(target);
        _window = target;
        _at = 0;
        _end = kept.Length;
        while (_end < count)
        {
            var read = segment.Stream.Read(_window, _end, (int)Math.Min(_window.Length - _end, _unread));
            if (read == 0)
                throw new EndOfStreamException("An intermediate file is shorter than when it was written.");
            _end += read;
            _unread -= read;
        }
    }
}
