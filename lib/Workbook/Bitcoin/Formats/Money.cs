using System.Globalization;

namespace Workbook.Bitcoin;

/// <summary>Amounts are whole numbers of satoshis; a bitcoin is 100,000,000 of them.</summary>
public static class Money
{
    /// <summary>Satoshis in a bitcoin.</summary>
    public const long Coin = 100_000_000;

    /// <summary>An amount that can never be there: 21 million bitcoins, as many as there will be.</summary>
    public const long Most = 21_000_000 * Coin;

    /// <summary>Satoshis of so many bitcoins: <c>10.Bitcoins()</c>.</summary>
    public static long Bitcoins(this int bitcoins) => bitcoins * Coin;

    /// <summary>Satoshis of so many bitcoins: <c>0.5m.Bitcoins()</c>.</summary>
    /// <exception cref="ArgumentException">The amount is no whole number of satoshis.</exception>
    public static long Bitcoins(this decimal bitcoins) => bitcoins is > -1e10m and < 1e10m && decimal.IsInteger(bitcoins * Coin)
        ? (long)(bitcoins * Coin)
        : throw new ArgumentException($"{bitcoins} bitcoins is no whole number of satoshis; the smallest amount is 0.00000001.", nameof(bitcoins));

    /// <summary>Satoshis of so many bitcoins, to the nearest one: <c>0.5.Bitcoins()</c>.</summary>
    public static long Bitcoins(this double bitcoins) => (long)Math.Round(bitcoins * Coin);

    /// <summary>An amount in bitcoins: <c>0.5 BTC</c>.</summary>
    public static string Text(long satoshis) => string.Create(CultureInfo.InvariantCulture, $"{(decimal)satoshis / Coin:#,0.########} BTC");

    /// <summary>Whether an amount is from 0 to <see cref="Most"/>.</summary>
    public static bool IsPossible(long satoshis) => satoshis is >= 0 and <= Most;
}
