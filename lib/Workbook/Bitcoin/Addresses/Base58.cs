using System.Numerics;

namespace Workbook.Bitcoin;

/// <summary>
/// Bytes in letters and digits, without 0, O, I and l, which look alike: a number to base 58, a 1 in front for each leading zero byte. With
/// four bytes of a hash behind them, a mistyped letter shows.
/// </summary>
public static class Base58
{
    private const string Digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int ChecksumSize = 4;

    /// <summary>Nothing that Bitcoin writes this way is longer; working out takes time with the square of the length.</summary>
    private const int LongestText = 128;

    /// <summary>The text of bytes, with their checksum.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        byte[] all = [.. bytes, .. Checksum(bytes)];
        var zeros = all.AsSpan().IndexOfAnyExcept((byte)0);
        var text = new List<char>();
        for (var rest = new BigInteger(all, isUnsigned: true, isBigEndian: true); rest > 0; rest /= Digits.Length)
            text.Add(Digits[(int)(rest % Digits.Length)]);
        text.AddRange(Enumerable.Repeat(Digits[0], zeros < 0 ? all.Length : zeros));
        text.Reverse();
        return new string([.. text]);
    }

    /// <summary>The bytes of a text, its checksum checked and taken off.</summary>
    /// <exception cref="BitcoinException">A letter is none of the 58, the text is too long or too short, or the checksum does not fit.</exception>
    public static byte[] Decode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
            throw new BitcoinException(BitcoinError.BadAddress, $"The text has {text.Length} letters; addresses and private keys have at most {LongestText}.");
        var number = BigInteger.Zero;
        for (var index = 0; index < text.Length; index++)
        {
            var digit = Digits.IndexOf(text[index], StringComparison.Ordinal);
            if (digit < 0)
                throw new BitcoinException(BitcoinError.BadAddress, $"Letter {index + 1} is “{text[index]}”; base 58 has digits and letters without 0, O, I and l.");
            number = (number * Digits.Length) + digit;
        }

        var zeros = text.AsSpan().IndexOfAnyExcept(Digits[0]);
        byte[] all = [.. new byte[zeros < 0 ? text.Length : zeros], .. number.IsZero ? [] : number.ToByteArray(isUnsigned: true, isBigEndian: true)];
        if (all.Length < ChecksumSize) throw new BitcoinException(BitcoinError.BadAddress, $"“{text}” is too short to hold a checksum.");
        return all.AsSpan(all.Length - ChecksumSize).SequenceEqual(Checksum(all.AsSpan(..^ChecksumSize))) ? all[..^ChecksumSize]
            : throw new BitcoinException(BitcoinError.Checksum, $"The checksum of “{text}” does not fit; a letter is mistyped or missing.");
    }

    private static byte[] Checksum(ReadOnlySpan<byte> bytes) => Hash256.Twice(bytes).ToBytes()[..ChecksumSize];
}
