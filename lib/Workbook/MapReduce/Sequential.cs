using System.Buffers;
using Workbook.Parts;

namespace Workbook.MapReduce;

/// <summary>An input file in memory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">What is in it.</param>
public sealed record InputFile(string Name, byte[] Bytes);

/// <summary>
/// The oracle: what a job means, as the simplest program that is obviously right. Every line to the map function, all pairs in one
/// dictionary sorted by key, every key to the reduce function. No splits, no tasks, no combiner, no spilling, no merging.
/// </summary>
internal static class Sequential
{
    public static SequentialResult Run<TKey, TValue, TResult>(Job<TKey, TValue, TResult> job, IEnumerable<InputFile> inputs, int reducers)
        where TKey : notnull
    {
        Job.CheckReducers(reducers);
        var byBytes = Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));
        var pairs = new SortedDictionary<byte[], (TKey Key, List<TValue> Values)>(byBytes);
        foreach (var file in inputs)
            foreach (var line in LinesOf(file))
                job.Mapper(line, (key, value) =>
                {
                    var bytes = Bytes(job.KeyCodec.Encode, key);
                    if (!pairs.ContainsKey(bytes))
                        pairs[bytes] = (key, []);
                    pairs[bytes].Values.Add(value);
                });

        var outputs = new MemoryStream[reducers];
        for (var r = 0; r < reducers; r++)
            outputs[r] = new MemoryStream();
        foreach (var (bytes, (key, values)) in pairs)
        {
            var output = outputs[job.PartitionOf(bytes, StableHash.Of(bytes), reducers)];
            job.Reducer(key, values, result =>
            {
                if (job.WritesKeys)
                    output.Write([.. Bytes(job.KeyCodec.Print, key), (byte)' ']);
                output.Write([.. Bytes(job.ResultCodec.Print, result), (byte)'\n']);
            });
        }

        return new SequentialResult([.. outputs.Select(output => output.ToArray())]);
    }

    private static IEnumerable<Line> LinesOf(InputFile file)
    {
        var start = 0;
        while (start < file.Bytes.Length)
        {
            var end = Array.IndexOf(file.Bytes, (byte)'\n', start);
            if (end < 0)
                end = file.Bytes.Length;
            var isCrLf = end < file.Bytes.Length && end > start && file.Bytes[end - 1] == '\r';
            yield return new Line(file.Name, start, new ByteString(file.Bytes, start, end - start - (isCrLf ? 1 : 0)));
            start = end + 1;
        }
    }

    private static byte[] Bytes<T>(Action<T, IBufferWriter<byte>> write, T value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        write(value, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
