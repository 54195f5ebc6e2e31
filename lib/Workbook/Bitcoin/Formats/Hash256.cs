using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>
/// 32 bytes, most often SHA-256 applied twice. As a number its first byte is the lowest; it is printed as a number, highest byte first, as
/// block explorers do: the hash of a block begins with its zeros.
/// </summary>
[TypeFormatterSource]
public readonly record struct Hash256 : IComparable<Hash256>, IDisplay
{
    /// <summary>How many bytes a hash has.</summary>
    public const int Size = 32;

    private readonly ulong _a, _b, _c, _d;

    /// <summary>A hash of 32 bytes in the order in which they are sent and hashed.</summary>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException($"A hash has 32 bytes; these are {bytes.Length}.", nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
    }

    /// <summary>All zeros: what the first block names as the block before it.</summary>
    public static Hash256 Zero => default;

    /// <summary>How many zero bits a printed hash begins with, 0 to 256: the notes' "N leading zeros".</summary>
    public int LeadingZeroBits =>
        _d != 0 ? BitOperations.LeadingZeroCount(_d)
        : _c != 0 ? 64 + BitOperations.LeadingZeroCount(_c)
        : _b != 0 ? 128 + BitOperations.LeadingZeroCount(_b)
        : 192 + BitOperations.LeadingZeroCount(_a);

    /// <summary>SHA-256 of SHA-256 of the bytes: what names blocks and transactions.</summary>
    public static Hash256 Twice(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        SHA256.HashData(hash, hash);
        return new Hash256(hash);
    }

    /// <summary>The hash of two hashes beside each other: an inner node of a Merkle tree.</summary>
    public static Hash256 Twice(Hash256 left, Hash256 right)
    {
        Span<byte> both = stackalloc byte[2 * Size];
        left.CopyTo(both);
        right.CopyTo(both[Size..]);
        return Twice(both);
    }

    /// <summary>A hash as printed: 64 hexadecimal digits, highest byte first.</summary>
    /// <exception cref="BitcoinException">The text is not 64 hexadecimal digits.</exception>
    public static Hash256 Parse(string text)
    {
        var bytes = Hex.Parse(text);
        if (bytes.Length != Size)
            throw new BitcoinException(BitcoinError.NotHex, $"A hash is printed as 64 hexadecimal digits; these are {2 * bytes.Length}.");
        Array.Reverse(bytes);
        return new Hash256(bytes);
    }

    /// <summary>Writes the 32 bytes in the order in which they are sent and hashed.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _a);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], _b);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], _c);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], _d);
    }

    /// <summary>The 32 bytes in the order in which they are sent and hashed.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The hash as a number, which must not be above the target.</summary>
    public BigInteger ToNumber() => new(ToBytes(), isUnsigned: true);

    /// <summary>Compares as numbers.</summary>
    public int CompareTo(Hash256 other) =>
        _d != other._d ? _d.CompareTo(other._d)
        : _c != other._c ? _c.CompareTo(other._c)
        : _b != other._b ? _b.CompareTo(other._b)
        : _a.CompareTo(other._a);

    /// <summary>The low bits, which are as good as any: proof of work makes zeros only at the other end.</summary>
    public override int GetHashCode() => (int)_a ^ (int)(_a >> 32);

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>64 hexadecimal digits, highest byte first.</summary>
    public override string ToString() => $"{_d:x16}{_c:x16}{_b:x16}{_a:x16}";
}
