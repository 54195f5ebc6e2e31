using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workbook.Parts.Keys;

namespace Workbook.Benchmarks;

/// <summary>
/// Signatures over secp256k1 on one core, ours against the platform's: each in turn, again and again, because a machine's speed
/// drifts; the table shows medians. Every signature of either is verified by both. <c>keys [--runs 7]</c>
/// </summary>
internal static class KeysBenchmark
{
    private const int Messages = 1_000;

    private sealed record Contestant(string Work, string Name, Action<int> Once)
    {
        public List<double> PerSecond { get; } = [];

        public double Median => PerSecond.Order().ElementAt(PerSecond.Count / 2);
    }

    public static int Run(string[] args)
    {
        var runs = Array.IndexOf(args, "--runs") is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 7;
        var keys = Enumerable.Range(0, Messages).Select(i => PrivateKey.FromText($"key {i}")).ToArray();
        var hashes = Enumerable.Range(0, Messages).Select(i => SHA256.HashData(Encoding.UTF8.GetBytes($"message {i}"))).ToArray();
        var signatures = keys.Zip(hashes, (key, hash) => key.Sign(hash)).ToArray();
        var compressed = keys.Select(key => key.PublicKey.ToBytes()).ToArray();

        List<Contestant> contestants =
        [
            new("verify", "ours", i => Must(keys[i].PublicKey.Verify(hashes[i], signatures[i]))),
            new("sign", "ours", i => keys[i].Sign(hashes[i])),
            new("recover", "ours", i => PublicKey.Recover(hashes[i], signatures[i], 0)),
            new("read a compressed key", "ours", i => PublicKey.Parse(compressed[i])),
        ];
        if (Platform(keys) is { } theirs)
        {
            var compact = signatures.Select(signature => signature.ToCompact()).ToArray();
            contestants.Add(new("verify", "platform", i => Must(theirs[i].VerifyHash(hashes[i], compact[i]))));
            contestants.Add(new("sign", "platform", i => theirs[i].SignHash(hashes[i])));
            for (var i = 0; i < Messages; i++)
                Must(keys[i].PublicKey.Verify(hashes[i], EcdsaSignature.ParseCompact(theirs[i].SignHash(hashes[i]))));
        }
        else
        {
            Console.WriteLine("This platform's cryptography has no secp256k1: ours alone.");
        }

        for (var run = 0; run <= runs; run++)
            foreach (var contestant in contestants)
            {
                var watch = Stopwatch.StartNew();
                for (var i = 0; i < Messages; i++)
                    contestant.Once(i);
                if (run > 0)
                    contestant.PerSecond.Add(Messages / watch.Elapsed.TotalSeconds);
            }
        Print(contestants, runs);
        return 0;
    }

    private static void Print(List<Contestant> contestants, int runs)
    {
        Console.WriteLine($"| one core, medians of {runs} × {Messages:N0} | ours, 1/s | platform, 1/s | ours is faster by |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var ours in contestants.Where(contestant => contestant.Name == "ours"))
        {
            var theirs = contestants.FirstOrDefault(contestant => contestant.Work == ours.Work && contestant != ours);
            Console.WriteLine($"| {ours.Work} | {ours.Median:N0} | {theirs?.Median.ToString("N0", CultureInfo.InvariantCulture) ?? "-"} | "
                + $"{(theirs is null ? "-" : $"{ours.Median / theirs.Median:0.0} ×")} |");
        }
    }

    private static ECDsa[]? Platform(PrivateKey[] keys)
    {
        var curve = ECCurve.CreateFromValue("1.3.132.0.10");
        try
        {
            return [.. keys.Select(key => ECDsa.Create(new ECParameters { Curve = curve, D = key.ToBytes(), Q = Point(key) }))];
        }
        catch (Exception missing) when (missing is CryptographicException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    private static ECPoint Point(PrivateKey key)
    {
        var whole = key.PublicKey.ToBytes(compressed: false);
        return new ECPoint { X = whole[1..33], Y = whole[33..] };
    }

    private static void Must(bool verified)
    {
        if (!verified)
            throw new InvalidOperationException("A signature that is right was refused.");
    }
}
