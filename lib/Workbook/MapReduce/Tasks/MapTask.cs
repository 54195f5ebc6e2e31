using System.Buffers;
using Workbook.Parts;

namespace Workbook.MapReduce.Tasks;

/// <summary>What a map task must know besides its job.</summary>
/// <param name="Reducers">R.</param>
internal sealed record MapTaskSettings(int Reducers)
{
    /// <summary>How many bytes of pairs it may hold in memory; more of them are spilled.</summary>
    public long Memory { get; init; } = long.MaxValue;

    /// <summary>Makes room for a spill: a stream that is written, then read from its beginning. Never called while all fits in memory.</summary>
    public Func<Stream> CreateSpill { get; init; } = () => new MemoryStream();

    /// <summary>See <see cref="Job.RunMapTask"/>.</summary>
    public ulong PartitionSeed { get; init; }

    /// <summary>How many lines of its file stand before a split; asked only to say on which line a map function failed.</summary>
    public Func<Split, long> LinesBefore { get; init; } = _ => 0;

    /// <summary>Asks the task to stop.</summary>
    public CancellationToken Cancel { get; init; }
}

/// <summary>A map task under way: <see cref="Map"/> one or more splits, then <see cref="Finish"/>.</summary>
internal abstract class MapTask
{
    public abstract void Map(Split split, ReadOnlyMemory<byte> bytes);

    /// <summary>Writes the R segments. Each stream is closed when its segment is whole.</summary>
    public abstract TaskCounters Finish(Func<int, Stream> openSegment);
}

/// <summary>
/// Runs the map function over splits, groups the pairs by key in memory, and spills them, sorted, when they take too much of it (§3.1:
/// "buffered pairs are written to local disk, partitioned into R regions").
/// </summary>
internal sealed class MapTask<TKey, TValue, TResult> : MapTask
    where TKey : notnull
{
    private sealed record Run(Stream Stream, long[] Lengths);

    private readonly Job<TKey, TValue, TResult> _job;
    private readonly MapTaskSettings _settings;
    private readonly Emit<TKey, TValue> _emit;
    private readonly KeyTable _keys = new();
    private readonly PendingValues<TValue> _values;
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private readonly List<Run> _runs = [];
    private int[] _partitions = new int[512];
    private long _bytes, _lines, _pairs, _distinctKeys;

    /// <summary>Kept so that a map function that swallows exceptions cannot swallow a failed spill.</summary>
    private Exception? _failure;

    public MapTask(Job<TKey, TValue, TResult> job, MapTaskSettings settings)
    {
        if (settings.Reducers < 1)
            throw new MapReduceException($"A job needs at least 1 reduce task; it was given {settings.Reducers}.");
        _job = job;
        _settings = settings;
        _emit = Emit;
        _values = PendingValues<TValue>.For(job.ValueCodec, job.Combiner);
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

    public override TaskCounters Finish(Func<int, Stream> openSegment)
    {
        if (_failure is not null)
            throw _failure;
        var written = _runs.Count == 0 ? WriteSegments(openSegment) : MergeRuns(openSegment);
        return new TaskCounters(_bytes, _lines, _distinctKeys, _pairs, written, _runs.Count);
    }

    private void Emit(TKey key, TValue value)
    {
        _pairs++;
        var bytes = _job.KeyCodec.BytesOf(key, _scratch);
        var hash = StableHash.Of(bytes, _settings.PartitionSeed);
        var count = _keys.Count;
        var number = _keys.FindOrAdd(bytes, hash);
        if (number == count)
            AssignPartition(number, key, hash);
        _values.Add(number, value);
        if (_keys.Size + _values.Size > _settings.Memory)
            Spill();
    }

    private void AssignPartition(int number, TKey key, ulong hash)
    {
        _distinctKeys++;
        if (number == _partitions.Length)
            Array.Resize(ref _partitions, 2 * number);
        _partitions[number] = _job.PartitionOf(key, hash, _settings.Reducers);
    }

    private void Spill()
    {
        try
        {
            var run = new Run(_settings.CreateSpill(), new long[_settings.Reducers]);
            _runs.Add(run);
            var writer = new SegmentWriter(run.Stream);
            var order = new KeyOrder(_keys, _partitions, _settings.Reducers);
            for (var r = 0; r < _settings.Reducers; r++)
            {
                var start = writer.Length;
                WritePairs(order, r, writer);
                run.Lengths[r] = writer.Length - start;
            }

            writer.Flush();
            _keys.Clear();
            _values.Clear();
        }
        catch (Exception e)
        {
            _failure = e as MapReduceException ?? new MapReduceException($"A map task could not put its pairs aside on disk: {MapReduceException.Of(e)}.", e);
            throw _failure;
        }
    }

    private void WritePairs(KeyOrder order, int r, SegmentWriter writer)
    {
        foreach (var number in order.Of(r))
            _values.Write(number, _keys[number], writer);
    }

    private long WriteSegments(Func<int, Stream> openSegment)
    {
        var written = 0L;
        var order = new KeyOrder(_keys, _partitions, _settings.Reducers);
        for (var r = 0; r < _settings.Reducers; r++)
        {
            using var segment = openSegment(r);
            var writer = new SegmentWriter(segment);
            WritePairs(order, r, writer);
            writer.Flush();
            written += writer.Length;
        }

        return written;
    }

    private long MergeRuns(Func<int, Stream> openSegment)
    {
        if (_keys.Count > 0)
            Spill();
        foreach (var run in _runs)
            run.Stream.Position = 0;
        var written = 0L;
        for (var r = 0; r < _settings.Reducers; r++)
        {
            // The R parts of a run lie one behind the other, and are read in that order.
            using var segment = openSegment(r);
            _job.Merge([.. _runs.Select(run => new Segment(run.Stream, run.Lengths[r]))], segment);
            written += segment.Length;
        }

        foreach (var run in _runs)
            run.Stream.Dispose();
        return written;
    }
}
