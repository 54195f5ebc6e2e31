using System.Diagnostics;
using System.Globalization;
using Workbook.Bitcoin;
using Workbook.Parts.Keys;

namespace Workbook.Benchmarks;

/// <summary>
/// A full peer catches up with blocks of signed payments in memory, on one core: with all checks, with scripts taken on trust, and with scripts
/// that are known from the memory pool. The difference is what signatures cost. <c>chain [--blocks 10000] [--payments 2] [--runs 3]</c>
/// </summary>
internal static class ChainBenchmark
{
    private static readonly ChainRules Rules = ChainRules.Small with { HalvingInterval = 210_000 };

    private sealed record Contestant(string Name, Func<BlockChain> Chain)
    {
        public List<double> Seconds { get; } = [];

        public double Median => Seconds.Order().ElementAt(Seconds.Count / 2);
    }

    public static int Run(string[] args)
    {
        var (blocks, payments, runs) = (Number("--blocks", 10_000), Number("--payments", 2), Number("--runs", 3));
        var watch = Stopwatch.StartNew();
        var chain = Build(blocks, payments);
        var transactions = chain.Sum(block => block.Transactions.Count);
        var signatures = chain.Sum(block => block.Transactions.Skip(1).Sum(transaction => transaction.Inputs.Count));
        Console.WriteLine($"{blocks:N0} blocks, {transactions:N0} transactions, {signatures:N0} signatures, {chain.Sum(block => (long)block.Size):N0} bytes; made and signed in {watch.Elapsed.TotalSeconds:0.0} s");

        var known = new CheckedScripts(int.MaxValue);
        List<Contestant> contestants =
        [
            new("all checks", () => new BlockChain(Rules)),
            new("scripts known from the memory pool", () => new BlockChain(Rules, known: known)),
            new("scripts taken on trust", () => new BlockChain(Rules with { ChecksScripts = false })),
        ];
        CatchUp(new BlockChain(Rules, known: known), chain);
        for (var run = 0; run < runs; run++)
        {
            foreach (var contestant in contestants) contestant.Seconds.Add(CatchUp(contestant.Chain(), chain));
        }

        Print(contestants, blocks, transactions, signatures);
        return 0;

        int Number(string name, int otherwise) =>
            Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }

    private static void Print(List<Contestant> contestants, int blocks, int transactions, int signatures)
    {
        Console.WriteLine("| one core, medians | seconds | blocks/s | transactions/s |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var contestant in contestants)
            Console.WriteLine($"| {contestant.Name} | {contestant.Median:0.00} | {blocks / contestant.Median:N0} | {transactions / contestant.Median:N0} |");
        var (all, trusting) = (contestants[0].Median, contestants[^1].Median);
        Console.WriteLine($"Signatures and scripts: {(all - trusting) / all:P0} of the time, {1e6 * (all - trusting) / signatures:0} µs each.");
    }

    private static double CatchUp(BlockChain peer, List<Block> chain)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        foreach (var block in chain)
        {
            if (peer.Add(block) is not { Outcome: BlockOutcome.Extended } change)
                continue;
            if (change.Connected.Count != 1)
                throw new InvalidOperationException("A block did not connect by itself.");
        }

        return peer.Height == chain.Count ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"The peer stopped at height {peer.Height}.");
    }

    /// <summary>Each block's payments hand a coin on from key to key, by turns to the hash of a key and to one by witness.</summary>
    private static List<Block> Build(int count, int payments)
    {
        var keys = Enumerable.Range(0, 50).Select(i => PrivateKey.FromText($"peer {i}")).ToArray();
        var signing = new BlockTree(Rules);
        var (blocks, coins, parent) = (new List<Block>(), new Queue<(Coin Coin, PrivateKey Owner)>(), signing.First);
        for (var height = 1; height <= count; height++)
        {
            var paid = new List<Transaction>();
            for (var i = 0; i < payments && coins.Count > payments * 2; i++)
            {
                var (coin, owner) = coins.Dequeue();
                var next = keys[(height + i) % keys.Length];
                var script = height % 2 == 0 ? StandardOutput.ToHashOf(next.PublicKey) : StandardOutput.ToWitnessOf(next.PublicKey);
                var transaction = Payment.Spend(coin).Pay(script, coin.Amount - 100).Sign(owner);
                paid.Add(transaction);
                coins.Enqueue((Coin.Of(transaction, 0), next));
            }

            var miner = keys[height % keys.Length];
            var template = signing.Template(parent, StandardOutput.ToHashOf(miner.PublicKey), parent.Header.Time + 600);
            var block = (template with { Transactions = paid, Fees = 100 * paid.Count }).Mine(new MiningOptions { Threads = 1 });
            coins.Enqueue((Coin.Of(block.Transactions[0], 0), miner));
            blocks.Add(block);
            parent = signing.Add(block.Header);
        }

        return blocks;
    }
}
