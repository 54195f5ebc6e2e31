namespace Workbook.MapReduce;

/// <summary>A job of which only the map side is known; <c>Reduce</c> makes it whole. Immutable: every method returns a new one.</summary>
public sealed class MapStep<TKey, TValue>
    where TKey : notnull
{
    internal MapStep(Mapper<TKey, TValue> map) => Mapper = map ?? throw new ArgumentNullException(nameof(map));

    private MapStep(MapStep<TKey, TValue> other)
    {
        Mapper = other.Mapper;
        Combiner = other.Combiner;
        Partitioner = other.Partitioner;
        KeyCodec = other.KeyCodec;
        ValueCodec = other.ValueCodec;
    }

    internal Mapper<TKey, TValue> Mapper { get; }

    internal Func<TValue, TValue, TValue>? Combiner { get; private init; }

    internal Func<TKey, int, int>? Partitioner { get; private init; }

    internal Codec<TKey>? KeyCodec { get; private init; }

    internal Codec<TValue>? ValueCodec { get; private init; }

    /// <summary>
    /// Lets a map task fold values of the same key before they travel (§4.3). The function must be associative, and reducing what
    /// it returns must give what reducing the values would have: sums will do, means will not.
    /// </summary>
    public MapStep<TKey, TValue> Combine(Func<TValue, TValue, TValue> combine) => new(this) { Combiner = Guarded(combine) };

    /// <summary>
    /// Chooses the reduce task of a key (§4.1): a function of the key and R that returns 0 to R − 1, the same on every machine.
    /// Without it: a stable hash of the key's bytes.
    /// </summary>
    public MapStep<TKey, TValue> PartitionBy(Func<TKey, int, int> partition) => new(this) { Partitioner = partition };

    /// <summary>Sets how keys are written as bytes, for types that are not built in.</summary>
    public MapStep<TKey, TValue> WithKeyCodec(Codec<TKey> codec) => new(this) { KeyCodec = codec };

    /// <summary>Sets how values are written as bytes, for types that are not built in.</summary>
    public MapStep<TKey, TValue> WithValueCodec(Codec<TValue> codec) => new(this) { ValueCodec = codec };

    /// <summary>Makes the job whole with a reduce function that gives one result a key.</summary>
    /// <exception cref="MapReduceException">The type of keys, values or results has no codec.</exception>
    public Job<TKey, TValue, TResult> Reduce<TResult>(Func<TKey, IEnumerable<TValue>, TResult> reduce, Codec<TResult>? codec = null) =>
        new(this, (key, values, write) => write(reduce(key, values)), codec);

    /// <summary>Makes the job whole with a reduce function that writes any number of results a key.</summary>
    /// <exception cref="MapReduceException">The type of keys, values or results has no codec.</exception>
    public Job<TKey, TValue, TResult> Reduce<TResult>(Reducer<TKey, TValue, TResult> reduce, Codec<TResult>? codec = null) =>
        new(this, reduce, codec);

    /// <summary>Makes the job whole with the identity: each value is written as it came, sorted by key.</summary>
    /// <exception cref="MapReduceException">The type of keys or values has no codec.</exception>
    public Job<TKey, TValue, TValue> Identity() => new(this, WriteAll, ValueCodec);

    private static Func<TValue, TValue, TValue> Guarded(Func<TValue, TValue, TValue> combine) => (a, b) =>
    {
        try
        {
            return combine(a, b);
        }
        catch (Exception e)
        {
            throw new MapReduceException($"The combine function failed on the values {a} and {b}: {MapReduceException.Of(e)}.", e);
        }
    };

    private static void WriteAll(TKey key, IEnumerable<TValue> values, Action<TValue> write)
    {
        foreach (var value in values)
            write(value);
    }
}
