namespace Workbook.MapReduce;

/// <summary>What a task read and wrote.</summary>
/// <param name="BytesIn">Bytes read: of the split, or of the segments.</param>
/// <param name="RecordsIn">Map: lines. Reduce: values.</param>
/// <param name="Keys">Distinct keys met: for a map task that spilled, counted in each run.</param>
/// <param name="RecordsOut">Map: pairs emitted, before combining. Reduce: lines written.</param>
/// <param name="BytesOut">Bytes written: the segments, or the output file.</param>
/// <param name="Spills">How often a map task had to put its pairs aside because its memory was used up.</param>
public sealed record TaskCounters(long BytesIn, long RecordsIn, long Keys, long RecordsOut, long BytesOut, int Spills = 0)
{
    /// <summary>Nothing read, nothing written.</summary>
    public static TaskCounters Zero { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Adds two up.</summary>
    public static TaskCounters operator +(TaskCounters a, TaskCounters b) => new(
        a.BytesIn + b.BytesIn, a.RecordsIn + b.RecordsIn, a.Keys + b.Keys,
        a.RecordsOut + b.RecordsOut, a.BytesOut + b.BytesOut, a.Spills + b.Spills);
}

/// <summary>What a map task made: one sorted segment for each reduce task.</summary>
/// <param name="Segments">Segment r is for reduce task r; it may be empty.</param>
/// <param name="Counters">What was read and written.</param>
public sealed record MapTaskResult(IReadOnlyList<byte[]> Segments, TaskCounters Counters);

/// <summary>What a reduce task made.</summary>
/// <param name="Output">The output file's bytes: one line a result, sorted by key.</param>
/// <param name="Counters">What was read and written.</param>
public sealed record ReduceTaskResult(byte[] Output, TaskCounters Counters);
