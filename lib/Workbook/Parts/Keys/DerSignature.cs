using System.Numerics;

namespace Workbook.Parts.Keys;

/// <summary>Signatures in DER, strictly (BIP 66) and as OpenSSL once took them.</summary>
internal static class DerSignature
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;

    /// <summary>The longest that BIP 66 allows, its byte for the hash type not counted.</summary>
    private const int Longest = 72;

    /// <summary>Reads a signature; what is returned is null, or what is wrong.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, bool strict, out EcdsaSignature? signature)
    {
        signature = null;
        var complaint = strict ? ReadStrict(bytes, out var r, out var s) : ReadLax(bytes, out r, out s);
        if (complaint is null)
            signature = new EcdsaSignature(r, s);
        return complaint;
    }

    public static byte[] Write(EcdsaSignature signature)
    {
        byte[] r = signature.R.ToByteArray(isUnsigned: false, isBigEndian: true);
        byte[] s = signature.S.ToByteArray(isUnsigned: false, isBigEndian: true);
        if (r.Length + s.Length + 6 > Longest)
            throw new InvalidOperationException($"BIP 66 allows {Longest} bytes of DER, and this signature's numbers need more.");
        return [Sequence, (byte)(r.Length + s.Length + 4), Integer, (byte)r.Length, .. r, Integer, (byte)s.Length, .. s];
    }

    private static string? ReadStrict(ReadOnlySpan<byte> bytes, out BigInteger r, out BigInteger s)
    {
        (r, s) = (0, 0);
        if (bytes.Length is < 8 or > Longest)
            return $"A DER signature has 8 to {Longest} bytes, and this one has {bytes.Length}.";
        if (bytes[0] != Sequence)
            return $"A DER signature begins with 30, and this one with {bytes[0]:x2}.";
        if (bytes[1] != bytes.Length - 2)
            return $"The signature's length byte says {bytes[1]}, and {bytes.Length - 2} bytes follow.";
        var rest = bytes[2..];
        return ReadStrict("r", ref rest, out r) ?? ReadStrict("s", ref rest, out s)
            ?? (rest.IsEmpty ? null : $"{rest.Length} bytes stand behind the signature's s.");
    }

    private static string? ReadStrict(string name, ref ReadOnlySpan<byte> rest, out BigInteger number)
    {
        number = 0;
        if (rest.Length < 2)
            return $"The signature ends before its {name}.";
        if (rest[0] != Integer)
            return $"The signature's {name} must begin with 02, and begins with {rest[0]:x2}.";
        var length = rest[1];
        if (length == 0)
            return $"The signature's {name} has no bytes.";
        if (length > rest.Length - 2)
            return $"The signature's {name} says {length} bytes, and only {rest.Length - 2} follow.";
        var bytes = rest.Slice(2, length);
        if (bytes[0] >= 0x80)
            return $"The signature's {name} is negative.";
        if (bytes is [0, < 0x80, ..])
            return $"The signature's {name} is padded with a zero byte that it does not need.";
        number = EcdsaSignature.Number(bytes);
        rest = rest[(2 + length)..];
        return null;
    }

    private static string? ReadLax(ReadOnlySpan<byte> bytes, out BigInteger r, out BigInteger s)
    {
        (r, s) = (0, 0);
        if (bytes.IsEmpty || bytes[0] != Sequence)
            return $"A DER signature begins with 30, and this one {(bytes.IsEmpty ? "is empty" : $"with {bytes[0]:x2}")}.";
        var rest = bytes[1..];
        return ReadLength("sequence", ref rest, out _) ?? ReadLax("r", ref rest, out r) ?? ReadLax("s", ref rest, out s);
    }

    private static string? ReadLax(string name, ref ReadOnlySpan<byte> rest, out BigInteger number)
    {
        number = 0;
        if (rest.IsEmpty || rest[0] != Integer)
            return $"The signature's {name} must begin with 02, and {(rest.IsEmpty ? "is not there" : $"begins with {rest[0]:x2}")}.";
        rest = rest[1..];
        if (ReadLength(name, ref rest, out var length) is { } complaint)
            return complaint;
        if (length > rest.Length)
            return $"The signature's {name} says {length}{(length > uint.MaxValue ? " or more" : "")} bytes, and only {rest.Length} follow.";
        number = EcdsaSignature.Number(rest[..(int)length]);
        rest = rest[(int)length..];
        return null;
    }

    /// <summary>A length of one byte, or of the long form: how many bytes the length has, with the highest bit set, then those.</summary>
    private static string? ReadLength(string name, ref ReadOnlySpan<byte> rest, out long length)
    {
        length = 0;
        if (rest.IsEmpty)
            return $"The signature ends before the length of its {name}.";
        int first = rest[0];
        rest = rest[1..];
        if (first < 0x80)
        {
            length = first;
            return null;
        }
        var count = first - 0x80;
        if (count > rest.Length)
            return $"The length of the signature's {name} says {count} bytes, and only {rest.Length} follow.";
        var digits = rest[..count].TrimStart((byte)0);
        rest = rest[count..];
        if (digits.Length > 4)
            length = 1L << 32;
        else
            foreach (var digit in digits)
                length = (length << 8) | digit;
        return null;
    }
}
