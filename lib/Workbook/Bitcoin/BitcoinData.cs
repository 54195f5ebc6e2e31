using System.Globalization;

namespace Workbook.Bitcoin;

/// <summary>Real blocks of the main network, from <c>data/bitcoin</c>; they travel inside the library.</summary>
public static class BitcoinData
{
    /// <summary>The heights of the blocks that are here: the first ones, 170 with the first payment and 9 that it spends from, 100,000.</summary>
    public static IReadOnlyList<int> Heights { get; } = [0, 1, 2, 9, 170, 100_000];

    /// <summary>The block at a height.</summary>
    /// <exception cref="ArgumentException">It is none of those that are here.</exception>
    public static Block Block(int height) => Bitcoin.Block.Parse(Hex(height));

    /// <summary>The block at a height in hexadecimal.</summary>
    /// <exception cref="ArgumentException">It is none of those that are here.</exception>
    public static string Hex(int height)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"block-{height}.hex");
        using var file = typeof(BitcoinData).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"Block {height} is not among the blocks here; there are {string.Join(", ", Heights)}.", nameof(height));
        using var reader = new StreamReader(file);
        return string.Concat(reader.ReadToEnd().Where(char.IsAsciiHexDigit));
    }
}
