using System.Diagnostics;
using Workbook.Bitcoin;

namespace Workbook.Benchmarks;

/// <summary>A year of blocks over 100 peers, in the model of <see cref="MiningNetwork"/>: real time, and what came of it. <c>bitcoin-year [--peers 100]</c></summary>
internal static class BitcoinYearBenchmark
{
    public static int Run(string[] args)
    {
        var peers = args is ["--peers", var text] ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 100;
        var clock = Stopwatch.StartNew();
        var history = new MiningNetwork { Peers = peers }.Run(MiningNetwork.BlocksOfAYear, seed: 1);
        Console.WriteLine($"{peers} peers: {clock.Elapsed.TotalSeconds:0.0} s of real time. {history}");
        Console.WriteLine($"Power-weighted lateness {history.Lateness.TotalSeconds:0.00} s; expected stale share {history.ExpectedStaleShare:P3}");
        return 0;
    }
}
