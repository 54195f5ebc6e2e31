namespace Workbook.Bitcoin;

/// <summary>Bytes as hexadecimal digits, as blocks and transactions are handed around. Blanks and line ends between digits do not count.</summary>
public static class Hex
{
    /// <summary>The bytes that the digits stand for.</summary>
    /// <exception cref="BitcoinException">A letter is no hexadecimal digit, or the last byte has only one digit.</exception>
    public static byte[] Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = new byte[text.Length / 2];
        var (digits, value) = (0, 0);
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (char.IsWhiteSpace(letter)) continue;
            if (!char.IsAsciiHexDigit(letter))
            {
                throw new BitcoinException(BitcoinError.NotHex, $"Character {index} is “{letter}”; expected a hexadecimal digit, 0 to 9 or a to f.")
                {
                    Position = index,
                };
            }

            value = (value << 4) | (char.IsAsciiDigit(letter) ? letter - '0' : (letter | 0x20) - 'a' + 10);
            if ((++digits & 1) == 0) bytes[(digits >> 1) - 1] = (byte)value;
        }

        return (digits & 1) == 0
            ? bytes.AsSpan(0, digits >> 1).ToArray()
            : throw new BitcoinException(BitcoinError.NotHex, $"There are {digits} hexadecimal digits; a byte has two of them, so the number must be even.");
    }

    /// <summary>Two small digits for each byte.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
