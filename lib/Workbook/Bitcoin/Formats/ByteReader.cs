using System.Buffers.Binary;

namespace Workbook.Bitcoin;

/// <summary>Reads bytes from front to back. What is not there is refused with its place and with what was expected, before anything is allocated.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many bytes have been read.</summary>
    public int Position { get; private set; }

    /// <summary>How many bytes have not been read.</summary>
    public readonly int Left => _bytes.Length - Position;

    /// <summary>The next byte, which stays where it is; -1 at the end.</summary>
    public readonly int Peek(int ahead = 0) => Left > ahead ? _bytes[Position + ahead] : -1;

    public byte Byte(string what) => Bytes(1, what)[0];

    public int Int32(string what) => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4, what));

    public uint UInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4, what));

    public long Int64(string what) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8, what));

    public Hash256 Hash(string what) => new(Bytes(Hash256.Size, what));

    /// <summary>So many bytes, which are those that are read, not a copy.</summary>
    public ReadOnlySpan<byte> Bytes(int count, string what)
    {
        if (count > Left)
        {
            throw Wrong(BitcoinError.Truncated,
                $"expected {what}, {count} byte{(count == 1 ? "" : "s")}; {(Left == 0 ? "the bytes end here" : $"only {Left} {(Left == 1 ? "is" : "are")} left")}");
        }

        var read = _bytes.Slice(Position, count);
        Position += count;
        return read;
    }

    /// <summary>Bytes read since a place.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => _bytes[start..Position];

    /// <summary>A length and so many bytes.</summary>
    public ReadOnlySpan<byte> Sized(string what) => Bytes(Count(1, what), what);

    /// <summary>
    /// A CompactSize: one byte up to 252, else a byte that says how wide the number behind it is. It counts things of which each takes at
    /// least <paramref name="smallest"/> bytes, so that a number that the bytes left cannot hold is refused.
    /// </summary>
    public int Count(int smallest, string what)
    {
        var start = Position;
        var first = Byte($"the size of {what}");
        ulong value = first;
        if (first >= 0xfd)
        {
            var width = 1 << (first - 0xfc);
            var digits = Bytes(width, $"the size of {what}");
            value = 0;
            for (var index = width - 1; index >= 0; index--) value = (value << 8) | digits[index];
            if (CompactSize.Length(value) != 1 + width)
            {
                Position = start;
                throw Wrong(BitcoinError.NotMinimal,
                    $"the size of {what}, {value}, is written in {1 + width} bytes; {CompactSize.Length(value)} {(value < 0xfd ? "is" : "are")} enough, and only the shortest form is allowed");
            }
        }

        if (value <= (ulong)(Left / smallest)) return (int)value;
        var most = Left;
        Position = start;
        throw Wrong(smallest == 1 ? BitcoinError.Truncated : BitcoinError.CountTooLarge,
            $"the size of {what} is {value}, but only {most} byte{(most == 1 ? "" : "s")} follow{(most == 1 ? "s" : "")}");
    }

    /// <summary>Nothing may be left.</summary>
    public readonly void End(string what)
    {
        if (Left > 0) throw Wrong(BitcoinError.Overlong, $"expected the end of {what}; {Left} more byte{(Left == 1 ? " follows" : "s follow")}");
    }

    /// <summary>An error at the place that has been reached.</summary>
    public readonly BitcoinException Wrong(BitcoinError error, string what) => new(error, $"Byte {Position}: {what}.") { Position = Position };
}
