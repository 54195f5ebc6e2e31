using System.Buffers;
using Workbook.Parts;

namespace Workbook.MapReduce.Tasks;

/// <summary>
/// A map task under way: <see cref="Map"/> one or more splits, then <see cref="Finish"/>. Disposing of it removes its spills.
/// </summary>
internal abstract class MapTask : IDisposable
{
    public abstract void Map(Split split, ReadOnlyMemory<byte> bytes);

    /// <summary>Writes the R segments. Each stream is closed when its segment is whole.</summary>
    public abstract TaskCounters Finish(Func<int, Stream> openSegment);

    public abstract void Dispose();
}

/// <summary>
/// Runs the map function over splits, groups the pairs by key in memory, and spills them, sorted, when they take too much of it
/// (§3.1: pairs are buffered, and written to the local disk in R parts now and then).
/// </summary>
internal sealed class MapTask<TKey, TValue, TResult> : MapTask
    where TKey : notnull
{
    private readonly Job<TKey, TValue, TResult> _job;
    private readonly MapTaskSettings _settings;

    // What every pair needs, at hand.
    private readonly Codec<TKey> _keyCodec;
    private readonly ulong _partitionSeed;
    private readonly long _memory;
    private readonly Emit<TKey, TValue> _emit;
    private readonly ArrayBufferWriter<byte> _scratch = new();

    /// <summary>Null where values are encoded at once, because they may be views of the split, or change after they were emitted.</summary>
    private readonly ShortKeyBatch<TValue>? _batch;
    private readonly FoldedValues<TValue>? _folded;

    private readonly KeyTable _keys = new();
    private readonly PendingValues<TValue> _values;
    private int[] _partitions = new int[512];
    private int _partitioned;
    private readonly SpilledRuns _spilled;
    private readonly SegmentWriter _writer = new();
    private long _bytes, _lines, _pairs, _distinctKeys;

    /// <summary>Kept because a map function that swallows exceptions must not be able to swallow this one.</summary>
    private Exception? _failure;

    public MapTask(Job<TKey, TValue, TResult> job, MapTaskSettings settings)
    {
        Job.CheckReducers(settings.Reducers);
        _job = job;
        _settings = settings;
        _keyCodec = job.KeyCodec;
        _partitionSeed = settings.PartitionSeed;
        _memory = settings.Memory;
        _emit = Emit;
        _values = PendingValues<TValue>.For(job.ValueCodec, job.Combiner);
        _spilled = new SpilledRuns(settings.Reducers, settings.CreateSpill, job.Merge);
        _folded = _values as FoldedValues<TValue>;
        _batch = _folded is null ? null : new ShortKeyBatch<TValue>();
    }

    public override void Map(Split split, ReadOnlyMemory<byte> bytes)
    {
        _bytes += bytes.Length;
        foreach (var line in new Lines(split, bytes))
        {
            if ((_lines++ & 0xFF) == 0)
                _settings.Cancel.ThrowIfCancellationRequested();
            try
            {
                _job.Mapper(line, _emit);
            }
            catch (Exception e) when (e is not MapReduceException and not OperationCanceledException)
            {
                throw Failed(split, bytes, line, e);
            }
        }
    }

    public override TaskCounters Finish(Func<int, Stream> openSegment)
    {
        if (_failure is null && _batch is not null)
            EmptyBatch(_batch);
        if (_failure is not null)
            throw _failure;
        var written = WriteSegments(openSegment);
        return new TaskCounters(_bytes, _lines, _distinctKeys, _pairs, written, _spilled.Spills);
    }

    public override void Dispose() => _spilled.Dispose();

    private MapReduceException Failed(Split split, ReadOnlyMemory<byte> bytes, Line line, Exception e)
    {
        var number = 1 + _settings.LinesBefore(split) + bytes.Span[..(int)(line.Offset - split.Offset)].Count((byte)'\n');
        return new MapReduceException(
            $"The map function failed on line {number} of {line.File}, {MapReduceException.Quote(line.Bytes.Span)}: {MapReduceException.Of(e)}.", e)
        {
            File = line.File,
            LineNumber = number,
        };
    }

    private void Emit(TKey key, TValue value)
    {
        _pairs++;
        var bytes = _keyCodec.BytesOf(key, _scratch);
        if (_batch is not { } batch || bytes.Length > 8)
        {
            AddAtOnce(bytes, value);
            return;
        }

        var i = batch.Count;
        var word = StableHash.Word(bytes);
        batch.Words[i] = word;
        batch.Lengths[i] = bytes.Length;
        batch.Hashes[i] = StableHash.OfWord(word, bytes.Length, _partitionSeed);
        batch.Values[i] = value;
        batch.Count = i + 1;
        if (i + 1 == ShortKeyBatch<TValue>.Capacity)
            EmptyBatch(batch);
    }

    private void AddAtOnce(ReadOnlySpan<byte> key, TValue value)
    {
        try
        {
            var number = _keys.FindOrAdd(key, _partitionSeed);
            AssignPartitions();
            _values.Add(number, value);
            SpillIfFull();
        }
        catch (Exception e)
        {
            _failure = e;
            throw;
        }
    }

    private void EmptyBatch(ShortKeyBatch<TValue> batch)
    {
        try
        {
            _keys.FindOrAdd(batch);
            AssignPartitions();
            _folded!.Add(batch.Numbers.AsSpan(0, batch.Count), batch.Values);
            batch.Count = 0;
            SpillIfFull();
        }
        catch (Exception e)
        {
            _failure = e;
            throw;
        }
    }

    /// <summary>To the keys that are new.</summary>
    private void AssignPartitions()
    {
        for (; _partitioned < _keys.Count; _partitioned++, _distinctKeys++)
        {
            if (_partitioned == _partitions.Length)
                Array.Resize(ref _partitions, 2 * _partitioned);
            _partitions[_partitioned] = _job.PartitionOf(_keys[_partitioned], _keys.HashOf(_partitioned), _settings.Reducers);
        }
    }

    private void SpillIfFull()
    {
        if (_keys.Size + _values.Size > _memory)
            Spill();
    }

    private void Spill()
    {
        try
        {
            var order = new KeyOrder(_keys, _partitions, _settings.Reducers);
            _spilled.Add((r, stream) => WritePairs(order, r, stream));
        }
        catch (IOException e)
        {
            throw new MapReduceException($"A map task could not put its pairs aside on disk: {MapReduceException.Of(e)}.", e);
        }

        _keys.Clear();
        _values.Clear();
        _partitioned = 0;
    }

    /// <summary>Straight from memory if all of it is there; otherwise what is in memory becomes the last run to merge.</summary>
    private long WriteSegments(Func<int, Stream> openSegment)
    {
        if (_spilled.Spills > 0 && _keys.Count > 0)
            Spill();
        var order = new KeyOrder(_keys, _partitions, _settings.Reducers);
        _spilled.Rewind();
        var written = 0L;
        for (var r = 0; r < _settings.Reducers; r++)
        {
            using var segment = openSegment(r);
            if (_spilled.Spills > 0)
                _spilled.Merge(r, segment);
            else
                WritePairs(order, r, segment);
            written += segment.Length;
        }

        return written;
    }

    private void WritePairs(KeyOrder order, int r, Stream stream)
    {
        _writer.Begin(stream);
        foreach (var number in order.Of(r))
            _values.Write(number, _keys[number], _writer);
        _writer.Flush();
    }
}
