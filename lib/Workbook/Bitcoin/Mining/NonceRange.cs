using System.Globalization;

namespace Workbook.Bitcoin;

/// <summary>Nonces that follow each other. A header has room for 2^32 of them, 0 to 4,294,967,295.</summary>
public readonly record struct NonceRange
{
    /// <param name="start">The first nonce.</param>
    /// <param name="end">The nonce after the last one, at most 2^32; a range that ends where it starts is empty.</param>
    /// <exception cref="ArgumentException">The end comes before the start, or is above 2^32.</exception>
    public NonceRange(long start, long end)
    {
        if (start < 0 || end > 1L << 32)
            throw new ArgumentException($"Nonces have 32 bits; let a range lie between 0 and {1L << 32}, not from {start} to {end}.");
        if (end < start) throw new ArgumentException($"A range of nonces cannot end at {end}, before it starts at {start}; give the smaller number first.");
        (Start, End) = (start, end);
    }

    /// <summary>All 2^32 nonces.</summary>
    public static NonceRange All { get; } = new(0, 1L << 32);

    /// <summary>The first nonce.</summary>
    public long Start { get; }

    /// <summary>The nonce after the last one.</summary>
    public long End { get; }

    /// <summary>How many nonces there are.</summary>
    public long Count => End - Start;

    /// <summary><c>0 to 4294967295</c></summary>
    public override string ToString() => Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{Start} to {End - 1}");
}
