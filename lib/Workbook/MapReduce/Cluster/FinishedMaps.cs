namespace Workbook.MapReduce.Cluster;

/// <summary>
/// Where map outputs are, in the order in which they were reported. It only grows, so that an answer can be a view of it: thousands of
/// reducers ask for the same list, and none gets a copy.
/// </summary>
internal sealed class FinishedMaps
{
    private MapOutput[] _outputs = new MapOutput[64];
    private int _count;

    public void Add(MapOutput output)
    {
        // A full array is left to those who look at it; the list goes on in a larger one.
        if (_count == _outputs.Length) _outputs = [.. _outputs, .. new MapOutput[_count]];
        _outputs[_count++] = output;
    }

    /// <summary>What has been added from the given place on.</summary>
    public IReadOnlyList<MapOutput> From(int place)
    {
        place = Math.Clamp(place, 0, _count);
        return new ArraySegment<MapOutput>(_outputs, place, _count - place);
    }
}
