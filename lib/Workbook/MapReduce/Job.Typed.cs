using Workbook.MapReduce.Tasks;
using Workbook.Parts;

namespace Workbook.MapReduce;

/// <summary>
/// A whole job, with the types of its intermediate pairs and of its results. See <see cref="Job"/> for what can be done with it.
/// </summary>
public sealed class Job<TKey, TValue, TResult> : Job
    where TKey : notnull
{
    private readonly MapStep<TKey, TValue> _step;

    internal Job(MapStep<TKey, TValue> step, Reducer<TKey, TValue, TResult> reduce, Codec<TResult>? resultCodec)
    {
        _step = step;
        Reducer = reduce ?? throw new ArgumentNullException(nameof(reduce));
        KeyCodec = step.KeyCodec ?? BuiltInCodecs.For<TKey>("key");
        ValueCodec = step.ValueCodec ?? BuiltInCodecs.For<TValue>("value");
        ResultCodec = resultCodec ?? BuiltInCodecs.For<TResult>("result");
    }

    internal Mapper<TKey, TValue> Mapper => _step.Mapper;

    internal Func<TValue, TValue, TValue>? Combiner => _step.Combiner;

    internal Reducer<TKey, TValue, TResult> Reducer { get; }

    internal Codec<TKey> KeyCodec { get; }

    internal Codec<TValue> ValueCodec { get; }

    internal Codec<TResult> ResultCodec { get; }

    internal bool WritesKeys { get; private init; } = true;

    /// <summary>The same job with output lines that hold the result alone, not <c>key result</c>.</summary>
    public Job<TKey, TValue, TResult> WithoutKeys() => new(_step, Reducer, ResultCodec) { WritesKeys = false };

    /// <inheritdoc/>
    public override SequentialResult RunSequentially(IEnumerable<InputFile> inputs, int reducers = 1) =>
        Sequential.Run(this, inputs, reducers);

    /// <summary>The reduce task that a key belongs to.</summary>
    internal int PartitionOf(ReadOnlySpan<byte> keyBytes, ulong hash, int reducers)
    {
        if (_step.Partitioner is not { } partition)
            return StableHash.Bucket(hash, reducers);
        var key = KeyCodec.Decode(keyBytes);
        int r;
        try
        {
            r = partition(key, reducers);
        }
        catch (Exception e) when (e is not MapReduceException)
        {
            throw new MapReduceException($"The partition function failed on the key '{key}': {MapReduceException.Of(e)}.", e);
        }

        return (uint)r < (uint)reducers
            ? r
            : throw new MapReduceException($"The partition function returned {r} for the key '{key}'; with {reducers} reduce tasks it must return 0 to {reducers - 1}.");
    }

    internal override MapTask StartMapTask(MapTaskSettings settings) => new MapTask<TKey, TValue, TResult>(this, settings);

    internal override void Merge(IReadOnlyList<Segment> runs, Stream segment) => SegmentMerge.Run(runs, segment, ValueCodec, Combiner);

    internal override TaskCounters Reduce(IReadOnlyList<Segment> segments, Stream output, CancellationToken cancel) =>
        new ReduceTask<TKey, TValue, TResult>(this, output, cancel).Run(segments);
}
