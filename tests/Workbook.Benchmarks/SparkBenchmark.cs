using System.Diagnostics;
using System.Globalization;
using Workbook.MapReduce;
using Workbook.Spark;
using Workbook.Spark.Apps;

namespace Workbook.Benchmarks;

/// <summary>
/// PageRank of an R-MAT graph by the operations of datasets, beside a loop over arrays and igraph if Python has it; and word count of a Zipf text beside the
/// MapReduce engine. Medians; all answers are compared.
/// <c>spark [--edges 10000000] [--nodes 1048576] [--size 200] [--runs 5]</c>; the size of the text is in megabytes.
/// </summary>
internal static class SparkBenchmark
{
    private const int Rounds = 10;

    public static int Run(string[] args)
    {
        CompareRanks(Option(args, "--nodes", 1 << 20), Option(args, "--edges", 10_000_000));
        CompareCounts(Option(args, "--size", 200) * 1_000_000L, Option(args, "--runs", 5));
        return 0;
    }

    private static void CompareRanks(int nodes, int edges)
    {
        Console.WriteLine($"PageRank, {nodes:N0} pages, {edges:N0} links drawn by R-MAT, {Rounds} rounds, {Environment.ProcessorCount} cores");
        var links = Rmat.Edges(new SparkContext(), nodes, edges);
        var run = PageRank.Run(links, Rounds, eachIteration: true);

        // The first round reads and groups the links.
        var ours = Median(run.Iterations.Skip(1).Select(round => round.Elapsed.TotalMilliseconds));
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        var graph = Csr.Distinct(links.Collect());
        var (loop, expected) = Csr.Ranks(graph, nodes, Rounds);
        foreach (var (page, rank) in run.Result.Collect())
        {
            if (Math.Abs(expected[page] - rank) > 1e-9 * Math.Abs(rank)) throw new InvalidOperationException($"Page {page} has {rank}, and by the loop {expected[page]}.");
        }

        if (expected.Count(rank => !double.IsNaN(rank)) != run.Result.Count()) throw new InvalidOperationException("The loop has ranks of other pages.");
        var csr = Median(loop);
        Console.WriteLine();
        Console.WriteLine("| PageRank, median of rounds 2 to 10 | ms a round | times the loop |");
        Console.WriteLine("| --- | ---: | ---: |");
        Console.WriteLine($"| datasets (links kept), {Environment.ProcessorCount} threads | {ours:0} | {ours / csr:0.0} |");
        Console.WriteLine($"| a loop over arrays (CSR), 1 thread | {csr:0} | 1.0 |");
        Console.WriteLine($"the first round, which reads and groups the links, {run.Iterations[0].Elapsed.TotalMilliseconds:N0} ms; peak memory {peak:N0} MB");
        Console.WriteLine(Igraph.Ranks(graph, nodes, Rounds));
    }

    private static void CompareCounts(long bytes, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("spark-words-").FullName;
        try
        {
            var input = ZipfText.Write(Path.Combine(folder, "input.txt"), bytes);
            var (engine, datasets) = (new List<double>(), new List<double>());
            for (var run = 0; run <= runs; run++)
            {
                var took = (Taken.By(() => Jobs.WordCount.Run([input], Path.Combine(folder, "engine"), reducers: 8)),
                    Taken.By(() => WordCount.Of(new SparkContext().TextFile(input), 8).Map(word => $"{word.Key} {word.Value}").SaveAsTextFile(Path.Combine(folder, "datasets"))));
                if (!Lines(folder, "engine").SequenceEqual(Lines(folder, "datasets"))) throw new InvalidOperationException("The two have counted differently.");
                if (run == 0) continue;
                engine.Add(took.Item1.Seconds);
                datasets.Add(took.Item2.Seconds);
            }

            Console.WriteLine();
            Console.WriteLine($"| word count of {bytes / 1e6:N0} MB, medians of {runs} | s | MB/s |");
            Console.WriteLine("| --- | ---: | ---: |");
            Console.WriteLine($"| MapReduce engine | {Median(engine):0.00} | {bytes / 1e6 / Median(engine):0} |");
            Console.WriteLine($"| datasets | {Median(datasets):0.00} | {bytes / 1e6 / Median(datasets):0} |");
            Console.WriteLine($"datasets have {Median(engine) / Median(datasets):0.00} of the engine's speed");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>All lines of an output folder in order; the folder is then removed.</summary>
    private static List<string> Lines(string folder, string output)
    {
        var path = Path.Combine(folder, output);
        var lines = Directory.GetFiles(path).SelectMany(File.ReadLines).Order(StringComparer.Ordinal).ToList();
        Directory.Delete(path, recursive: true);
        return lines;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private static int Option(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}

/// <summary>The notes' PageRank as a plain loop: the links of all pages in one array, one page's after another's.</summary>
internal static class Csr
{
    /// <summary>Every link once, in order: the page that it is on above the page that it leads to.</summary>
    public static long[] Distinct((int From, int To)[] edges)
    {
        var links = Array.ConvertAll(edges, edge => ((long)edge.From << 32) | (uint)edge.To);
        Array.Sort(links);
        var count = 0;
        for (var at = 0; at < links.Length; at++)
        {
            if (count == 0 || links[at] != links[count - 1]) links[count++] = links[at];
        }

        return links[..count];
    }

    /// <summary>How many milliseconds each round took, and the ranks; a page without one has no number.</summary>
    public static (List<double> Milliseconds, double[] Ranks) Ranks(long[] links, int nodes, int rounds)
    {
        var (targets, starts) = (Array.ConvertAll(links, link => (int)link), new int[nodes + 1]);
        foreach (var link in links) starts[(int)(link >> 32) + 1]++;

        for (var page = 0; page < nodes; page++) starts[page + 1] += starts[page];
        var ranks = Enumerable.Range(0, nodes).Select(page => starts[page + 1] > starts[page] ? 1 : double.NaN).ToArray();
        var took = new List<double>();
        var sums = new double[nodes];
        for (var round = 0; round < rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            Round(targets, starts, ranks, sums);
            took.Add(clock.Elapsed.TotalMilliseconds);
        }

        return (took, ranks);
    }

    private static void Round(int[] targets, int[] starts, double[] ranks, double[] sums)
    {
        Array.Clear(sums);
        for (var page = 0; page < ranks.Length; page++)
        {
            var (from, to) = (starts[page], starts[page + 1]);
            if (from == to || double.IsNaN(ranks[page])) continue;
            var share = ranks[page] / (to - from);
            for (var at = from; at < to; at++) sums[targets[at]] += share;
        }

        // What a page is given is always more than nothing, so that 0 is the mark of a page that was given nothing.
        for (var page = 0; page < ranks.Length; page++) ranks[page] = sums[page] > 0 ? 0.15 + (0.85 * sums[page]) : double.NaN;
    }
}
