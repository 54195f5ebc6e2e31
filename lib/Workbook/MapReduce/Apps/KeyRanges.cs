namespace Workbook.MapReduce;

/// <summary>
/// Range partitioning: each reduce task gets one stretch of the sorted keys. The borders come from a sample of the keys, so that
/// the stretches are about equally full even when the keys are not spread evenly (§5.3).
/// </summary>
public static partial class KeyRanges
{
    /// <summary>The borders that cut a sample of keys into equal parts.</summary>
    /// <param name="sample">Keys of the input, in any order.</param>
    /// <param name="reducers">R.</param>
    /// <returns>R − 1 keys in order; range r is what sorts from border r − 1 on and before border r.</returns>
    public static IReadOnlyList<ByteString> Borders(IEnumerable<ByteString> sample, int reducers)
    {
        Job.CheckReducers(reducers);
        var sorted = sample.Order().ToList();
        return [.. Enumerable.Range(1, reducers - 1)
            .Select(r => sorted.Count == 0 ? default : sorted[(int)((long)r * sorted.Count / reducers)])];
    }

    /// <summary>The range that a key lies in: how many borders are not greater than it.</summary>
    /// <exception cref="MapReduceException">There are not R − 1 borders.</exception>
    public static int RangeOf(ByteString key, IReadOnlyList<ByteString> borders, int reducers)
    {
        if (borders.Count != reducers - 1)
            throw new MapReduceException($"The keys were cut into {borders.Count + 1} ranges, but the job has {reducers} reduce tasks: run it with {borders.Count + 1}.");
        int low = 0, high = borders.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (borders[middle].CompareTo(key) <= 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
