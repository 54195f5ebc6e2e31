using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Workbook.Bitcoin;

namespace Workbook.Benchmarks;

/// <summary>
/// Headers hashed in a second: each way to hash on one core and the widest on all cores, beside .NET's own SHA-256 called twice for each header. Medians; no
/// hash meets the target, so all nonces are tried. <c>mining [--millions 16] [--runs 7]</c>
/// </summary>
internal static class MiningBenchmark
{
    /// <summary>So many headers take about half a second, one after the other.</summary>
    private const int Few = 400_000;

    public static int Run(string[] args)
    {
        var (many, runs) = (Option(args, "--millions", 16) * 1_000_000L, Option(args, "--runs", 7));
        var header = new BlockHeader(1, Hash256.Zero, Hash256.Twice("one"u8), 1231006505, CompactTarget.One, 0);
        var ways = new List<(string Name, Func<double> Rate)> { ("SHA256.HashData twice, 1 core", () => Twice(header)) };
        foreach (var path in MiningPaths.Supported)
            ways.Add(($"{path}, 1 core", () => Rate(header, path, threads: 1, path == MiningPath.Scalar ? Few : many)));
        if (Environment.ProcessorCount > 1)
            ways.Add(($"{MiningPaths.Supported[^1]}, {Environment.ProcessorCount} cores", () => Rate(header, MiningPath.Widest, Environment.ProcessorCount, many)));

        // One run of each, then the next of each: what else the machine does meets all alike. The first is for the compiler.
        var rates = ways.ConvertAll(_ => new List<double>());
        for (var run = 0; run <= runs; run++)
        {
            for (var way = 0; way < ways.Count; way++)
            {
                var rate = ways[way].Rate();
                if (run > 0) rates[way].Add(rate);
            }
        }

        Console.WriteLine($"| headers hashed twice, medians of {runs} | million/s | least to most | times SHA256.HashData |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var (way, all) in ways.Zip(rates))
            Console.WriteLine($"| {way.Name} | {Median(all) / 1e6:0.00} | {all.Min() / 1e6:0.00} to {all.Max() / 1e6:0.00} | {Median(all) / Median(rates[0]):0.0} |");
        return 0;
    }

    private static double Rate(BlockHeader header, MiningPath path, int threads, long nonces)
    {
        var mined = Miner.Mine(header, 255, new MiningOptions { Path = path, Threads = threads, Range = new NonceRange(0, nonces) });
        return mined.Nonce is null ? mined.Rate : throw new InvalidOperationException("A hash of 255 bits of zero cannot be.");
    }

    private static double Twice(BlockHeader header)
    {
        var bytes = header.ToBytes();
        Span<byte> hash = stackalloc byte[32];
        var clock = Stopwatch.StartNew();
        for (var nonce = 0; nonce < Few; nonce++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(76), nonce);
            SHA256.HashData(bytes, hash);
            SHA256.HashData(hash, hash);
        }

        return Few / clock.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private static int Option(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
