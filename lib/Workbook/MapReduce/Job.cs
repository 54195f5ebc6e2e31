using Workbook.MapReduce.Tasks;

namespace Workbook.MapReduce;

/// <summary>Hands one intermediate pair from a map function to the job.</summary>
public delegate void Emit<in TKey, in TValue>(TKey key, TValue value);

/// <summary>A map function: called once a line, emits any number of pairs. It may look at nothing but the line (§2).</summary>
public delegate void Mapper<out TKey, out TValue>(Line line, Emit<TKey, TValue> emit);

/// <summary>A reduce function: called once a key, with the key's values in the order of the input; writes any number of results.</summary>
public delegate void Reducer<in TKey, in TValue, out TResult>(TKey key, IEnumerable<TValue> values, Action<TResult> write);

/// <summary>
/// A MapReduce job: a map function, a reduce function, and nothing about machines. The same job runs on this machine's cores
/// (<c>Run</c>), as the plain sequential program that says what the answer is (<c>RunSequentially</c>), and task by task under any engine, a
/// simulated cluster for one (<see cref="RunMapTask"/>, <see cref="RunReduceTask"/>).
/// </summary>
public abstract partial class Job
{
    private protected Job()
    {
    }

    /// <summary>
    /// Begins a job: <c>Job.Map((Line line, Emit&lt;string, int&gt; emit) => …).Reduce((key, values) => …)</c>.
    /// </summary>
    public static MapStep<TKey, TValue> Map<TKey, TValue>(Mapper<TKey, TValue> map)
        where TKey : notnull => new(map);

    /// <summary>Runs one map task: no files, no threads, the same bytes every time.</summary>
    /// <param name="split">Which part of which file this is.</param>
    /// <param name="bytes">The split's bytes: whole lines; the last one needs no line break.</param>
    /// <param name="reducers">R: how many reduce tasks the pairs are for.</param>
    /// <param name="partitionSeed">
    /// Leave it at 0. Any other number plays a worker whose hash function is its own, as <c>string.GetHashCode</c> is: it sends keys
    /// to other reducers than its fellows do. (No effect on a job with <see cref="MapStep{TKey, TValue}.PartitionBy"/>.)
    /// </param>
    /// <exception cref="MapReduceException">The map function threw, or <paramref name="reducers"/> is less than 1.</exception>
    public MapTaskResult RunMapTask(Split split, ReadOnlyMemory<byte> bytes, int reducers, ulong partitionSeed = 0)
    {
        using var task = StartMapTask(new MapTaskSettings(reducers) { PartitionSeed = partitionSeed });
        task.Map(split, bytes);
        var segments = new MemoryStream[reducers];
        var counters = task.Finish(r => segments[r] = new MemoryStream());
        return new MapTaskResult([.. segments.Select(segment => segment.ToArray())], counters);
    }

    /// <summary>Runs one reduce task over its segments, one from each map task, in the order of the map tasks.</summary>
    /// <exception cref="MapReduceException">The reduce function threw, or a result cannot be written as a line.</exception>
    public ReduceTaskResult RunReduceTask(IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        var output = new MemoryStream();
        var streams = segments.Select(segment => new Segment(new MemoryStream(segment.ToArray()), segment.Length));
        var counters = Reduce([.. streams], output, default);
        return new ReduceTaskResult(output.ToArray(), counters);
    }

    /// <summary>Runs the job as a sequential program over files in memory: the oracle that every engine is compared with.</summary>
    /// <param name="inputs">The files, in order.</param>
    /// <param name="reducers">R: how many output files.</param>
    public abstract SequentialResult RunSequentially(IEnumerable<InputFile> inputs, int reducers = 1);

    /// <summary>Refuses an R that no job can have.</summary>
    internal static void CheckReducers(int reducers)
    {
        if (reducers < 1)
            throw new MapReduceException($"A job needs at least 1 reduce task; it was given {reducers}.");
    }

    internal abstract MapTask StartMapTask(MapTaskSettings settings);

    /// <summary>Merges runs of one map task into one segment for a reduce task, combining where the job has a combiner.</summary>
    internal abstract void Merge(IReadOnlyList<Segment> runs, Stream segment);

    internal abstract TaskCounters Reduce(IReadOnlyList<Segment> segments, Stream output, CancellationToken cancel);
}
