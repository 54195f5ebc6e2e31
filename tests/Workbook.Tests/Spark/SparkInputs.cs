using Workbook.Sim;
using Workbook.Spark;

namespace Workbook.Tests.Spark;

/// <summary>Records of many shapes, and contexts to compute them in.</summary>
internal static class SparkInputs
{
    private static readonly int[] Sizes = [0, 1, 2, 7, 100, 3_000];

    /// <summary>Pairs of numbers: how many there are, over how many keys, and in how many partitions, is drawn from the seed.</summary>
    public static IEnumerable<((int Key, int Value)[] Records, int Partitions, ulong Seed)> Pairs(int seeds = 18)
    {
        for (var seed = 0UL; seed < (ulong)seeds; seed++)
        {
            var random = new Rng(seed).Fork("records");
            var size = Sizes[(int)(seed % (ulong)Sizes.Length)];
            var keys = random.Pick<int>([1, 3, 50, 100_000]);
            var records = Enumerable.Range(0, size).Select(_ => (Skewed(random, keys), random.Next(1000))).ToArray();
            yield return (records, random.Next(1, 10), seed);
        }
    }

    public static SparkContext Context(int threads = 2, long memory = 1 << 30, SparkRules? rules = null) =>
        new(new SparkOptions { Threads = threads, Partitions = 4, Memory = memory, Rules = rules ?? SparkRules.All });

    /// <summary>A dataset whose partitions are of very different sizes; about a third of them are empty.</summary>
    public static Rdd<T> Ragged<T>(this SparkContext spark, T[] records, int partitions, ulong seed)
    {
        var random = new Rng(seed).Fork("cuts");
        var cuts = Enumerable.Range(0, partitions - 1).Select(_ => random.Next(records.Length + 1)).Order().Prepend(0).Append(records.Length).ToArray();
        return spark.Generate(partitions, partition => records[cuts[partition]..cuts[partition + 1]]);
    }

    /// <summary>Half of all draws give the same key.</summary>
    private static int Skewed(Rng random, int keys) => random.Chance(0.5) ? 0 : random.Next(keys);
}
