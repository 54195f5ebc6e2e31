namespace Workbook.Check;

/// <summary>
/// What tells one sequence of numbers from another without comparing them: its length, and the values at two fixed points of the
/// polynomial that has the numbers as coefficients, modulo the prime 2⁶¹ − 1 (Karp and Rabin 1987). Two sequences of a million numbers
/// that differ agree in both by a chance of about 2⁻⁸². Adding a number, and taking the first one away, take a constant time.
/// </summary>
/// <param name="Length">How many numbers.</param>
/// <param name="First">The polynomial at the first point.</param>
/// <param name="Second">The polynomial at the second point.</param>
internal readonly record struct SequenceIdentity(int Length, ulong First, ulong Second)
{
    private const ulong Prime = (1UL << 61) - 1;
    private const ulong FirstPoint = 0x0B4E_21C7_93A5_D60F, SecondPoint = 0x13F8_6A2D_7E91_4C35;

    /// <summary>The powers of both points by exponent, for sequences of that length.</summary>
    internal readonly record struct Powers(ulong First, ulong Second)
    {
        public static readonly Powers Zeroth = new(1, 1);

        public Powers Next() => new(Times(First, FirstPoint), Times(Second, SecondPoint));
    }

    /// <summary>The identity of this sequence with one number more at its end. The number is not negative.</summary>
    public SequenceIdentity Then(uint number) =>
        new(Length + 1, Plus(Times(First, FirstPoint), number + 1UL), Plus(Times(Second, SecondPoint), number + 1UL));

    /// <summary>The identity without the first number; <paramref name="powers"/> are those of one less than the length.</summary>
    public SequenceIdentity Without(uint firstNumber, Powers powers) => new(Length - 1,
        Plus(First, Prime - Times(firstNumber + 1UL, powers.First)), Plus(Second, Prime - Times(firstNumber + 1UL, powers.Second)));

    private static ulong Plus(ulong left, ulong right) => Reduce(left + right);

    private static ulong Times(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return Reduce((low & Prime) + ((low >> 61) | (high << 3)));
    }

    private static ulong Reduce(ulong number) => number >= Prime ? number - Prime : number;
}
