using Workbook.Sim;

namespace Workbook.MapReduce.Cluster;

/// <summary>The input of a reduce task as it comes together: the segments fetched so far, and where the others are said to be.</summary>
internal sealed class ReduceInput(TimeSpan firstPatience, bool firstCompletionOnly)
{
    private static readonly TimeSpan MostPatience = 1.Minutes();

    private readonly SortedDictionary<(int Map, int Place), ReadOnlyMemory<byte>> _fetched = [];
    private readonly List<(MapOutput Output, int Place)> _wanted = [];
    private readonly HashSet<int> _maps = [];
    private readonly HashSet<(NodeId, long)> _asked = [];
    private readonly Dictionary<(NodeId, long), TimeSpan> _patience = [];

    /// <summary>How much of the coordinator's list of finished maps is known here.</summary>
    public int Listed { get; private set; }

    /// <summary>Of how many maps the segment is here.</summary>
    public int Maps => _maps.Count;

    /// <summary>Whether something is listed that is not here.</summary>
    public bool Lacks => _wanted.Exists(one => IsWanted(one.Output));

    /// <summary>The segments, in the order of the maps.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Segments => [.. _fetched.Values];

    /// <summary>Takes the next part of the coordinator's list.</summary>
    public void List(IReadOnlyList<MapOutput> outputs)
    {
        foreach (var output in outputs) _wanted.Add((output, Listed++));
    }

    /// <summary>What is still to be fetched, by the process that has it; without processes that are being asked already.</summary>
    public IReadOnlyList<IReadOnlyList<(MapOutput Output, int Place)>> TakeSources()
    {
        _wanted.RemoveAll(one => !IsWanted(one.Output));
        return [.. _wanted.GroupBy(one => SourceOf(one.Output)).Where(source => _asked.Add(source.Key)).Select(source => source.ToList())];
    }

    /// <summary>The process is no longer being asked: it has brought all, or does not answer.</summary>
    public void GiveBack(MapOutput output) => _asked.Remove(SourceOf(output));

    /// <summary>False where another execution of the map has brought its segment, and the first one counts.</summary>
    public bool IsWanted(MapOutput output) => !firstCompletionOnly || !_maps.Contains(output.Map);

    public void Add(MapOutput output, int place, byte[] segment)
    {
        _wanted.Remove((output, place));
        _patience.Remove(SourceOf(output));
        if (!IsWanted(output)) return;
        _fetched[(output.Map, place)] = segment;
        _maps.Add(output.Map);
    }

    /// <summary>
    /// How long to wait for a segment from there. A worker that does not answer may be dead; but the segment may also be too large for so
    /// little time, so it gets twice as much the next time.
    /// </summary>
    public TimeSpan Patience(MapOutput output)
    {
        var patience = _patience.GetValueOrDefault(SourceOf(output), firstPatience);
        _patience[SourceOf(output)] = 2 * patience < MostPatience ? 2 * patience : MostPatience;
        return patience;
    }

    private static (NodeId, long) SourceOf(MapOutput output) => (output.Worker, output.Session);
}
