using System.Buffers.Binary;

namespace Workbook.Bitcoin;

/// <summary>Writes bytes from front to back into room whose size was worked out before.</summary>
internal ref struct ByteWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    /// <summary>How many bytes have been written.</summary>
    public int Position { get; private set; }

    public void Byte(byte value) => Room(1)[0] = value;

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(4), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);

    public void Hash(Hash256 value) => value.CopyTo(Room(Hash256.Size));

    public void OutPoint(OutPoint value)
    {
        Hash(value.Txid);
        UInt32(value.Index);
    }

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Room(value.Length));

    /// <summary>Goes past bytes that were written already.</summary>
    public void Skip(int count) => Room(count);

    /// <summary>A length and the bytes.</summary>
    public void Sized(ReadOnlySpan<byte> value)
    {
        Count(value.Length);
        Bytes(value);
    }

    /// <summary>A CompactSize in its shortest form.</summary>
    public void Count(int value)
    {
        var length = CompactSize.Length((ulong)value);
        if (length == 1)
        {
            Byte((byte)value);
            return;
        }

        Byte(length == 3 ? (byte)0xfd : (byte)0xfe);
        if (length == 3) BinaryPrimitives.WriteUInt16LittleEndian(Room(2), (ushort)value);
        else UInt32((uint)value);
    }

    private Span<byte> Room(int count)
    {
        var room = _bytes.Slice(Position, count);
        Position += count;
        return room;
    }
}
