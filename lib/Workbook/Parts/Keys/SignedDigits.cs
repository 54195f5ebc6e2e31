namespace Workbook.Parts.Keys;

/// <summary>
/// A number of at most 128 bits as a sum of odd digits times powers of two, between which there are at least four zeros (the non-adjacent form of
/// width five): fewer additions, and only odd multiples of the point are needed.
/// </summary>
internal static class SignedDigits
{
    /// <summary>Digits are odd, from -15 to 15.</summary>
    public const int Width = 5;

    /// <summary>As many as a number of 128 bits can have.</summary>
    public const int Most = 129;

    /// <summary>Writes the digits, the lowest first, zeros between them.</summary>
    /// <returns>How many there are, up to the highest that is not 0.</returns>
    public static int Write(UInt128 number, Span<sbyte> digits)
    {
        digits.Clear();
        var count = 0;
        for (var i = 0; number != 0;)
        {
            var zeros = (int)UInt128.TrailingZeroCount(number);
            number >>= zeros;
            i += zeros;
            var digit = (int)((ulong)number & (2 * Bound - 1));
            if (digit >= Bound)
                digit -= 2 * Bound;
            digits[i] = (sbyte)digit;
            count = i + 1;
            number -= (UInt128)(Int128)digit;
        }
        return count;
    }

    private const int Bound = 1 << (Width - 1);
}
