namespace Workbook.Bitcoin;

/// <summary>Numbers as scripts have them: lowest byte first, the highest bit of the last byte is the sign, zero is no bytes at all.</summary>
internal static class ScriptNumber
{
    /// <summary>Arithmetic takes numbers of at most four bytes; its results may have five.</summary>
    public const int Longest = 4;

    /// <summary>Reads a number; false if it is longer than allowed, or than it need be where that counts.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int longest, bool minimal, out long value)
    {
        value = 0;
        if (bytes.Length > longest || (minimal && !IsMinimal(bytes))) return false;
        for (var index = 0; index < bytes.Length; index++) value |= (long)bytes[index] << (8 * index);
        if (bytes.Length > 0 && (bytes[^1] & 0x80) != 0) value = -(value & ~(0x80L << (8 * (bytes.Length - 1))));
        return true;
    }

    /// <summary>Writes a number in its shortest form.</summary>
    public static byte[] Write(long value)
    {
        if (value == 0) return [];
        var bytes = new List<byte>(9);
        for (var rest = (ulong)Math.Abs(value); rest != 0; rest >>= 8) bytes.Add((byte)rest);
        if ((bytes[^1] & 0x80) != 0) bytes.Add(0);
        if (value < 0) bytes[^1] |= 0x80;
        return [.. bytes];
    }

    /// <summary>Whether an item counts as true: it is not zero, nor the zero with a sign.</summary>
    public static bool IsTrue(ReadOnlySpan<byte> bytes)
    {
        for (var index = 0; index < bytes.Length; index++)
            if (bytes[index] != 0) return index != bytes.Length - 1 || bytes[index] != 0x80;
        return false;
    }

    /// <summary>Whether bytes are pushed in the shortest way there is (BIP 62).</summary>
    public static bool IsMinimalPush(Opcode opcode, ReadOnlySpan<byte> data) => data.Length switch
    {
        0 => opcode == Opcode.OP_0,
        1 when data[0] is >= 1 and <= 16 or 0x81 => false,
        <= 75 => (int)opcode == data.Length,
        <= 255 => opcode == Opcode.OP_PUSHDATA1,
        <= 65_535 => opcode == Opcode.OP_PUSHDATA2,
        _ => true,
    };

    // The last byte is needed for more than the sign, or for a sign that has no room in the byte before.
    private static bool IsMinimal(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 0 || (bytes[^1] & 0x7f) != 0 || (bytes.Length > 1 && (bytes[^2] & 0x80) != 0);
}
