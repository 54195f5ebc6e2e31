namespace Workbook.Spark.Cluster;

/// <summary>Which workers keep which partitions, as far as the driver knows: a worker may have thrown one out since, or be gone.</summary>
internal sealed class KeptBlocks
{
    private readonly Dictionary<Rdd, List<string>[]> _holders = [];
    private readonly Dictionary<Rdd, int> _counts = [];

    /// <summary>How many partitions of a dataset are kept somewhere.</summary>
    public int Count(Rdd rdd) => _counts.GetValueOrDefault(rdd);

    public IReadOnlyList<string> Holders(Rdd rdd, int partition) => _holders.TryGetValue(rdd, out var holders) ? holders[partition] : [];

    public void Add(Rdd rdd, int partition, string holder)
    {
        if (!_holders.TryGetValue(rdd, out var all)) _holders[rdd] = all = [.. Enumerable.Range(0, rdd.Partitions).Select(_ => new List<string>())];
        if (all[partition].Contains(holder)) return;
        if (all[partition].Count == 0) _counts[rdd] = Count(rdd) + 1;
        all[partition].Add(holder);
    }

    public void Remove(Rdd rdd, int partition, string holder)
    {
        if (_holders.TryGetValue(rdd, out var all)) Remove(rdd, all[partition], holder);
    }

    /// <summary>A worker is gone.</summary>
    public void Lost(string holder)
    {
        foreach (var (rdd, all) in _holders)
        {
            foreach (var holders in all) Remove(rdd, holders, holder);
        }
    }

    public void Forget(Rdd rdd)
    {
        _holders.Remove(rdd);
        _counts.Remove(rdd);
    }

    private void Remove(Rdd rdd, List<string> holders, string holder)
    {
        if (holders.Remove(holder) && holders.Count == 0) _counts[rdd]--;
    }
}
