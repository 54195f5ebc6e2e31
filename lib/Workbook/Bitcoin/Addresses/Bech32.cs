namespace Workbook.Bitcoin;

/// <summary>
/// Text of 32 letters with a checksum that finds every mistake of up to four letters (BIP 173), and its second form, for witness programs
/// from version 1 on, which also finds letters q too many before a p (BIP 350).
/// </summary>
public static class Bech32
{
    private const string Letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int Shortest = 8;
    private const int Longest = 90;
    private const int ChecksumLetters = 6;
    private const uint First = 1;
    private const uint Second = 0x2bc830a3;

    /// <summary>The text of a witness program.</summary>
    /// <param name="prefix">What stands before the 1: <c>bc</c> on the main network.</param>
    /// <param name="version">The program's version, 0 to 16.</param>
    /// <param name="program">The program's bytes.</param>
    public static string Encode(string prefix, int version, ReadOnlySpan<byte> program)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        List<byte> values = [(byte)version, .. Regroup(program, 8, 5, pad: true)!];
        var constant = version == 0 ? First : Second;
        var sum = Sum(prefix, [.. values, .. new byte[ChecksumLetters]]) ^ constant;
        for (var index = 0; index < ChecksumLetters; index++) values.Add((byte)((sum >> (5 * (5 - index))) & 31));
        return $"{prefix}1{string.Concat(values.Select(value => Letters[value]))}";
    }

    /// <summary>The prefix, version and bytes of a witness program from its text.</summary>
    /// <exception cref="BitcoinException">The text is no such program; the message says why.</exception>
    public static (string Prefix, int Version, byte[] Program) Decode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (prefix, values) = Split(text);
        var sum = Sum(prefix, values);
        if (sum is not (First or Second)) throw new BitcoinException(BitcoinError.Checksum, $"The checksum of “{text}” does not fit; a letter is mistyped or missing.");
        values = values[..^ChecksumLetters];
        if (values.Length == 0 || values[0] > 16) throw Wrong(text, "its version is not from 0 to 16");
        var version = values[0];
        if (sum == First != (version == 0)) throw Wrong(text, version == 0 ? "version 0 has a checksum of the first form (bech32)" : "from version 1 on the checksum is of the second form (bech32m)");
        var program = Regroup(values.AsSpan(1), 5, 8, pad: false) ?? throw Wrong(text, "its last letter holds bits that belong to no byte");
        if (program.Length is < 2 or > 40) throw Wrong(text, $"a program has 2 to 40 bytes, and this one {program.Length}");
        return version != 0 || program.Length is 20 or 32 ? (prefix, version, program) : throw Wrong(text, $"a program of version 0 has 20 or 32 bytes, and this one {program.Length}");
    }

    private static (string Prefix, byte[] Values) Split(string text)
    {
        if (text.Length is < Shortest or > Longest) throw Wrong(text.Length > Longest ? $"{text[..Shortest]}…" : text, $"it has {text.Length} letters, and not {Shortest} to {Longest}");
        var lower = text.ToLowerInvariant();
        if (text != lower && text != text.ToUpperInvariant()) throw Wrong(text, "it mixes small and capital letters");
        var one = lower.LastIndexOf('1');
        if (one < 1) throw Wrong(text, "nothing stands before a 1");
        if (lower.Length - one - 1 < ChecksumLetters) throw Wrong(text, $"fewer than {ChecksumLetters} letters stand behind the 1");
        if (lower[..one].FirstOrDefault(letter => letter is < '!' or > '~') is var odd and not '\0') throw Wrong(text, $"“{odd}” cannot stand before the 1");
        var values = new byte[lower.Length - one - 1];
        for (var index = 0; index < values.Length; index++)
        {
            var value = Letters.IndexOf(lower[one + 1 + index], StringComparison.Ordinal);
            values[index] = value >= 0 ? (byte)value : throw Wrong(text, $"letter {one + 2 + index} is “{text[one + 1 + index]}”, which is not among {Letters}");
        }

        return (lower[..one], values);
    }

    /// <summary>The remainder of a division of polynomials over 32 elements: the code's checksum.</summary>
    private static uint Sum(string prefix, ReadOnlySpan<byte> values)
    {
        ReadOnlySpan<uint> generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
        var sum = 1u;
        foreach (var letter in prefix) Add(generator, ref sum, letter >> 5);
        Add(generator, ref sum, 0);
        foreach (var letter in prefix) Add(generator, ref sum, letter & 31);
        foreach (var value in values) Add(generator, ref sum, value);
        return sum;

        static void Add(ReadOnlySpan<uint> generator, ref uint sum, int value)
        {
            var top = sum >> 25;
            sum = ((sum & 0x1ffffff) << 5) ^ (uint)value;
            for (var bit = 0; bit < generator.Length; bit++)
                if (((top >> bit) & 1) != 0) sum ^= generator[bit];
        }
    }

    /// <summary>The same bits in groups of another size; null when bits are left over that are not a padding of zeros.</summary>
    private static byte[]? Regroup(ReadOnlySpan<byte> values, int from, int to, bool pad)
    {
        var (bits, count) = (0, 0);
        var groups = new List<byte>();
        foreach (var value in values)
        {
            bits = ((bits << from) | value) & 0xffff;
            for (count += from; count >= to;) groups.Add((byte)((bits >> (count -= to)) & ((1 << to) - 1)));
        }

        var rest = bits & ((1 << count) - 1);
        if (pad && count > 0) groups.Add((byte)(rest << (to - count)));
        return pad || (count < from && rest == 0) ? [.. groups] : null;
    }

    private static BitcoinException Wrong(string text, string why) => new(BitcoinError.BadAddress, $"“{text}” is no bech32 address: {why}.");
}
