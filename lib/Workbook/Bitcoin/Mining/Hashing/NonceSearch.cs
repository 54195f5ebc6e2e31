using System.Numerics;
using System.Runtime.Intrinsics;

namespace Workbook.Bitcoin;

/// <summary>Looks through nonces on one core.</summary>
internal static class NonceSearch
{
    /// <summary>The smallest nonce of the range whose hash meets the target; nothing if there is none.</summary>
    public static uint? First(HeaderWork work, TargetWords target, NonceRange range, MiningPath path) => path switch
    {
        MiningPath.Vector512 => InLanes<Lanes512, Vector512<uint>>(work, target, range),
        MiningPath.Vector256 => InLanes<Lanes256, Vector256<uint>>(work, target, range),
        MiningPath.Vector128 => InLanes<Lanes128, Vector128<uint>>(work, target, range),
        _ => OneByOne(work, target, range),
    };

    private static uint? OneByOne(HeaderWork work, TargetWords target, NonceRange range)
    {
        for (var nonce = range.Start; nonce < range.End; nonce++)
        {
            if (IsMet(work, target, (uint)nonce)) return (uint)nonce;
        }

        return null;
    }

    private static unsafe uint? InLanes<TLanes, TVector>(HeaderWork work, TargetWords target, NonceRange range)
        where TLanes : struct, ILanes<TVector> where TVector : unmanaged
    {
        var size = (nuint)sizeof(TVector);
        var memory = stackalloc byte[(LaneKernel<TLanes, TVector>.Vectors + 1) * (int)size];
        var kernel = new LaneKernel<TLanes, TVector>((TVector*)(((nuint)memory + size - 1) & ~(size - 1)));
        kernel.Begin(work);
        for (var nonce = range.Start; nonce < range.End; nonce += TLanes.Count)
        {
            var hits = TLanes.AtMost(kernel.HighestWords((uint)nonce), target.Highest);
            if (hits != 0 && FirstOf(hits, nonce) is { } found) return found;
        }

        return null;

        // Lanes beyond the end of the range are hashed too, and do not count.
        uint? FirstOf(uint hits, long from)
        {
            for (; hits != 0; hits &= hits - 1)
            {
                var nonce = from + BitOperations.TrailingZeroCount(hits);
                if (nonce < range.End && IsMet(work, target, (uint)nonce)) return (uint)nonce;
            }

            return null;
        }
    }

    private static bool IsMet(HeaderWork work, TargetWords target, uint nonce)
    {
        Span<uint> hash = stackalloc uint[8];
        work.HashWords(nonce, hash);
        return target.IsMetBy(hash);
    }
}
