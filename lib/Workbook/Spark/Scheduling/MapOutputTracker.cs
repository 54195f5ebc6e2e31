namespace Workbook.Spark.Scheduling;

/// <summary>Who holds what the map tasks of each shuffle have made. The driver's own knowledge: a holder may have died since.</summary>
internal sealed class MapOutputTracker
{
    private readonly Dictionary<WideDependency, string?[]> _holders = new(ReferenceEqualityComparer.Instance);

    public void Register(WideDependency shuffle, int map, string holder) => Of(shuffle)[map] = holder;

    public void Lost(WideDependency shuffle, int map) => Of(shuffle)[map] = null;

    /// <summary>What a machine has of a shuffle is of no use.</summary>
    public void Lost(WideDependency shuffle, string holder)
    {
        var holders = Of(shuffle);
        for (var map = 0; map < holders.Length; map++)
        {
            if (holders[map] == holder) holders[map] = null;
        }
    }

    /// <summary>A machine is gone, and all that it held.</summary>
    public void Lost(string holder)
    {
        foreach (var shuffle in _holders.Keys) Lost(shuffle, holder);
    }

    public string? Holder(WideDependency shuffle, int map) => _holders.GetValueOrDefault(shuffle)?[map];

    public bool IsWhole(WideDependency shuffle) => _holders.TryGetValue(shuffle, out var holders) && !holders.Contains(null);

    /// <summary>The shuffles of which all blocks are there.</summary>
    public IEnumerable<WideDependency> Whole => _holders.Keys.Where(IsWhole);

    public void Forget(WideDependency shuffle) => _holders.Remove(shuffle);

    private string?[] Of(WideDependency shuffle)
    {
        if (!_holders.TryGetValue(shuffle, out var holders)) _holders[shuffle] = holders = new string?[shuffle.Parent.Partitions];
        return holders;
    }
}
