namespace Workbook.Spark.Scheduling;

/// <summary>A task wants a block of a shuffle that is not there: its map task must run (again) before the task can.</summary>
internal sealed class FetchFailedException(WideDependency shuffle, int map)
    : Exception($"Block {map} of shuffle {shuffle.Shuffle} is not there.")
{
    public WideDependency Shuffle => shuffle;

    public int Map => map;
}
