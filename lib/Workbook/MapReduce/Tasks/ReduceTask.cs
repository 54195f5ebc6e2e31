using System.Buffers;

namespace Workbook.MapReduce.Tasks;

/// <summary>Merges the segments of one reduce task, runs the reduce function key by key, and writes a line for each result.</summary>
internal sealed class ReduceTask<TKey, TValue, TResult>(Job<TKey, TValue, TResult> job, Stream output, CancellationToken cancel)
    where TKey : notnull
{
    private const int FlushAt = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _lines = new(FlushAt + 1024);
    private long _keys, _values, _results, _written;

    public TaskCounters Run(IReadOnlyList<Segment> segments)
    {
        var merge = new KeyMerge(segments);
        while (merge.NextKey())
        {
            if ((_keys++ & 0xFF) == 0)
                cancel.ThrowIfCancellationRequested();
            var values = new GroupedValues<TValue>(merge.Group, job.ValueCodec);
            ReduceKey(merge.Key, values);
            _values += values.End();
            if (_lines.WrittenCount >= FlushAt)
                Flush();
        }

        Flush();
        return new TaskCounters(segments.Sum(segment => segment.Length), _values, _keys, _results, _written);
    }

    private void ReduceKey(ReadOnlySpan<byte> keyBytes, GroupedValues<TValue> values)
    {
        var key = job.KeyCodec.Decode(keyBytes);
        try
        {
            job.Reducer(key, values, result => WriteLine(key, result));
        }
        catch (Exception e) when (e is not MapReduceException and not OperationCanceledException)
        {
            var printed = new ArrayBufferWriter<byte>();
            job.KeyCodec.Print(key, printed);
            throw new MapReduceException(
                $"The reduce function failed on the key {MapReduceException.Quote(printed.WrittenSpan)}: {MapReduceException.Of(e)}.", e)
            {
                Key = System.Text.Encoding.UTF8.GetString(printed.WrittenSpan),
            };
        }
    }

    private void WriteLine(TKey key, TResult result)
    {
        var start = _lines.WrittenCount;
        if (job.WritesKeys)
        {
            job.KeyCodec.Print(key, _lines);
            _lines.Write(" "u8);
        }

        job.ResultCodec.Print(result, _lines);
        var line = _lines.WrittenSpan[start..];
        if (line.Contains((byte)'\n'))
            throw new MapReduceException(
                $"The output line {MapReduceException.Quote(line)} would have a line break inside: leave it out of the key and the result, or write it as something else.");
        _lines.Write("\n"u8);
        _results++;
    }

    private void Flush()
    {
        output.Write(_lines.WrittenSpan);
        _written += _lines.WrittenCount;
        _lines.ResetWrittenCount();
    }
}
