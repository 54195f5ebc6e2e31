using System.Globalization;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>
/// How many attempts each of many headers took at one difficulty. Each attempt succeeds with the same probability, whatever was tried before; so the number of
/// attempts follows the geometric law, which this is held against.
/// </summary>
[TypeFormatterSource]
public sealed record AttemptSample : IDisplay
{
    internal AttemptSample(int leadingZeroBits, IReadOnlyList<long> attempts) => (LeadingZeroBits, Attempts) = (leadingZeroBits, attempts);

    /// <summary>The bits of zero that each hash had to begin with.</summary>
    public int LeadingZeroBits { get; }

    /// <summary>Attempts, one number for each header, the smallest first.</summary>
    public IReadOnlyList<long> Attempts { get; }

    /// <summary>The probability of one attempt to succeed: 2 to the power of minus <see cref="LeadingZeroBits"/>.</summary>
    public double Chance => Math.ScaleB(1, -LeadingZeroBits);

    /// <summary>The mean of the sample; that of the law is 1 / <see cref="Chance"/>.</summary>
    public double Mean => Attempts.Average();

    /// <summary>Kolmogorov and Smirnov's distance: how far the sample's distribution is from the law where it is farthest, 0 to 1.</summary>
    public double Distance
    {
        get
        {
            var most = 0.0;
            for (var at = 0; at < Attempts.Count; at++)
            {
                // Both are steps at whole numbers. Right before a step of the sample, the law stands as it did one attempt earlier.
                if (at == 0 || Attempts[at] > Attempts[at - 1])
                    most = Math.Max(most, Math.Abs(Law(Attempts[at] - 1) - (at / (double)Attempts.Count)));
                if (at + 1 == Attempts.Count || Attempts[at + 1] > Attempts[at])
                    most = Math.Max(most, Math.Abs(((at + 1) / (double)Attempts.Count) - Law(Attempts[at])));
            }

            return most;
        }
    }

    /// <summary>
    /// How often a sample drawn from the law itself is at least as far from it. Under 0.01 the attempts hardly followed the law. Kolmogorov's limit, good
    /// for 50 headers or more; for so few bits that the law's steps are large it is too high rather than too low.
    /// </summary>
    public double PValue
    {
        get
        {
            var root = Math.Sqrt(Attempts.Count);
            var scaled = (root + 0.12 + (0.11 / root)) * Distance;
            if (scaled < 0.2) return 1;
            var sum = 0.0;
            for (var term = 1; term <= 100; term++) sum += (term % 2 == 1 ? 2 : -2) * Math.Exp(-2 * term * term * scaled * scaled);
            return Math.Clamp(sum, 0, 1);
        }
    }

    /// <summary>Mines headers that differ in their Merkle roots, and counts.</summary>
    /// <param name="leadingZeroBits">The difficulty, 1 to 24 bits of zero.</param>
    /// <param name="headers">How many headers, 1 or more.</param>
    /// <param name="seed">Decides the Merkle roots, and with them everything.</param>
    /// <exception cref="ArgumentException">So many bits or headers cannot be had.</exception>
    public static AttemptSample Measure(int leadingZeroBits, int headers = 1000, ulong seed = 0)
    {
        if (leadingZeroBits is < 1 or > 24)
            throw new ArgumentException($"Measure a difficulty of 1 to 24 bits, not {leadingZeroBits}; beyond that some headers have no nonce.", nameof(leadingZeroBits));
        if (headers < 1) throw new ArgumentException($"Mine at least one header, not {headers}.", nameof(headers));
        var target = TargetWords.LeadingZeroBits(leadingZeroBits);
        var options = new MiningOptions { Threads = 1 };
        var rng = new Rng(seed);
        var attempts = Enumerable.Range(0, headers).AsParallel()
            .Select(number => Miner.Mine(Header(rng.Fork(number)), target, options, CancellationToken.None).Attempts);
        return new AttemptSample(leadingZeroBits, [.. attempts.Order()]);
    }

    /// <summary>The geometric law: how likely it is that so many attempts, or fewer, are enough.</summary>
    /// <param name="attempts">0 or more.</param>
    public double Law(double attempts) => -Math.Exp(attempts * Math.Log(1 - Chance)) + 1;

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary><c>1,000 headers at 16 bits: mean 65,210 attempts (law 65,536), distance to the law 0.021 (p = 0.77)</c></summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Attempts.Count:N0} headers at {LeadingZeroBits} bits: mean {Mean:N0} attempts (law {1 / Chance:N0}), distance to the law {Distance:0.000} (p = {PValue:0.00})");

    private static BlockHeader Header(Rng rng)
    {
        Span<byte> root = stackalloc byte[Hash256.Size];
        for (var at = 0; at < root.Length; at += 8) BitConverter.TryWriteBytes(root[at..], rng.NextUInt64());
        return new BlockHeader(1, Hash256.Zero, new Hash256(root), 1231006505, CompactTarget.One, 0);
    }
}
