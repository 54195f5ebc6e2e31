using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Parts.Keys;

/// <summary>What the tests of keys share: hashes, numbers as bytes, numbers at the edges.</summary>
internal static class Bytes
{
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public static byte[] Of(string hexadecimal) => Convert.FromHexString(hexadecimal.Replace(" ", ""));

    public static byte[] Random(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A number from 0 to 2²⁵⁶ - 1 that is often near an edge: long runs of ones or zeros, or few bits.</summary>
    public static BigInteger Number(Random random) => random.Next(4) switch
    {
        0 => SlowCurve.Number(Random(random, 32)),
        1 => SlowCurve.Number([.. Enumerable.Range(0, 32).Select(_ => (byte)(random.Next(2) * 255))]),
        2 => (BigInteger.One << random.Next(256)) - random.Next(2),
        _ => BigInteger.Pow(2, 256) - 1 - SlowCurve.Number(Random(random, random.Next(1, 32))),
    };

    /// <summary>Numbers modulo n around which arithmetic goes wrong first.</summary>
    public static BigInteger[] EdgeScalars()
    {
        var (n, lambda) = (SlowCurve.N, Endomorphism.Lambda.ToBigInteger());
        BigInteger[] near = [0, 1, 127, 128, 129, 255, 256, n / 2, n - 128, lambda, n - lambda, lambda * lambda % n,
            BigInteger.One << 64, BigInteger.One << 127, BigInteger.One << 128, BigInteger.One << 192, BigInteger.One << 255,
            (BigInteger.One << 128) * lambda % n, SlowCurve.P - n];
        return [.. near.SelectMany(number => Enumerable.Range(-2, 5).Select(by => SlowCurve.Mod(number + by, n))).Distinct()];
    }
}
