namespace Workbook.Draw;

/// <summary>
/// Sets things side by side in a given order, none nearer to the next than allowed, and each as near to where it wants to be as that lets
/// it: the least sum of squares, found by pooling neighbours that would come too near to each other and moving the pool to the mean of
/// what its members want (isotonic regression).
/// </summary>
internal static class RowSpacing
{
    /// <param name="wanted">Where each wants its middle to be.</param>
    /// <param name="weights">How much each wants it; above 0.</param>
    /// <param name="apart">The least distance of the middle of the i-th from that of the one before it; the first entry is not read.</param>
    public static double[] Place(IReadOnlyList<double> wanted, IReadOnlyList<double> weights, IReadOnlyList<double> apart)
    {
        var offsets = new double[wanted.Count];
        var pools = new List<(double Sum, double Weight, int Count)>();
        for (var i = 0; i < wanted.Count; i++)
        {
            offsets[i] = i == 0 ? 0 : offsets[i - 1] + apart[i];
            var pool = (Sum: (wanted[i] - offsets[i]) * weights[i], Weight: weights[i], Count: 1);
            while (pools.Count > 0 && pools[^1].Sum / pools[^1].Weight >= pool.Sum / pool.Weight)
            {
                pool = (pool.Sum + pools[^1].Sum, pool.Weight + pools[^1].Weight, pool.Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
            pools.Add(pool);
        }
        var placed = new double[wanted.Count];
        var next = 0;
        foreach (var (sum, weight, count) in pools)
        {
            for (var end = next + count; next < end; next++)
                placed[next] = sum / weight + offsets[next];
        }
        return placed;
    }
}
