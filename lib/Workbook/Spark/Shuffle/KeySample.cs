using Workbook.Sim;
using Workbook.Spark.Readers;

namespace Workbook.Spark.Shuffle;

/// <summary>Keys drawn evenly from a dataset, to cut their order into ranges of about the same size.</summary>
internal static class KeySample
{
    private const int KeysOfARange = 60;

    public static TKey[] Of<TKey, TValue>(Rdd<(TKey Key, TValue Value)> pairs, int ranges)
    {
        var each = (int)Math.Clamp((long)KeysOfARange * ranges / pairs.Partitions, KeysOfARange, 1_000_000);
        var all = Enumerable.Range(0, pairs.Partitions);
        var samples = pairs.Context.Run("sample for sortByKey", pairs, all, (reader, site) => Reservoir(reader, site.Partition, each));

        // A large partition's keys stand for more records than a small one's do.
        var most = samples.Max(sample => sample.Seen);
        return
        [
            .. from sample in samples
               where sample.Seen > 0
               let wanted = (int)Math.Max(1, Math.Min(sample.Keys.Length, sample.Seen * each / most))
               from at in Enumerable.Range(0, wanted)
               select sample.Keys[(int)((long)at * sample.Keys.Length / wanted)],
        ];
    }

    /// <summary>A key for each of a number of places, each record as likely to be there as any other (Vitter's algorithm R).</summary>
    private static (TKey[] Keys, long Seen) Reservoir<TKey, TValue>(Reader<(TKey Key, TValue Value)> reader, int partition, int places)
    {
        var random = new Rng(6824).Fork($"sample of partition {partition}");
        var keys = new List<TKey>();
        var seen = 0L;
        while (reader.Read(out var batch))
        {
            foreach (ref readonly var record in batch)
            {
                seen++;
                if (keys.Count < places) keys.Add(record.Key);
                else if ((long)(random.NextDouble() * seen) is var at && at < places) keys[(int)at] = record.Key;
            }
        }

        return ([.. keys], seen);
    }
}
