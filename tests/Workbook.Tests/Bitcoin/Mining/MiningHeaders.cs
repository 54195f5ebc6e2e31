using System.Numerics;
using System.Security.Cryptography;
using Workbook.Bitcoin;
using Workbook.Sim;

namespace Workbook.Tests.Bitcoin.Mining;

/// <summary>Headers to mine, and .NET's own SHA-256 as the judge.</summary>
internal static class MiningHeaders
{
    public const uint FirstBlockNonce = 2083236893;

    /// <summary>The header of the main network's first block.</summary>
    public static BlockHeader FirstBlock { get; } = BlockHeader.Parse(
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c");

    public static byte[] Random(ulong seed)
    {
        var rng = new Rng(seed);
        return [.. Enumerable.Range(0, 80).Select(_ => (byte)rng.Next(256))];
    }

    /// <summary>The double hash of the header with a nonce, as the number that is compared with a target.</summary>
    public static BigInteger Number(byte[] header, long nonce)
    {
        byte[] bytes = [.. header.AsSpan(0, 76), .. BitConverter.GetBytes((uint)nonce)];
        return new BigInteger(SHA256.HashData(SHA256.HashData(bytes)), isUnsigned: true);
    }

    /// <summary>The smallest nonce of the range whose hash is not above the target, one after the other.</summary>
    public static uint? First(byte[] header, BigInteger target, NonceRange range)
    {
        for (var nonce = range.Start; nonce < range.End; nonce++)
        {
            if (Number(header, nonce) <= target) return (uint)nonce;
        }

        return null;
    }
}
