using System.Buffers;

namespace Workbook.MapReduce.Tasks;

/// <summary>Makes one segment of several, combining as it goes where the job has a combiner.</summary>
internal static class SegmentMerge
{
    public static void Run<TValue>(IReadOnlyList<Segment> runs, Stream segment, Codec<TValue> codec, Func<TValue, TValue, TValue>? combine)
    {
        var writer = new SegmentWriter();
        writer.Begin(segment);
        var scratch = new ArrayBufferWriter<byte>();
        var merge = new KeyMerge(runs);
        while (merge.NextKey())
        {
            if (combine is null)
                Append(merge, writer);
            else
                Combine(merge, writer, codec, combine, scratch);
        }

        writer.Flush();
    }

    private static void Append(KeyMerge merge, SegmentWriter writer)
    {
        writer.WriteKey(merge.Key, merge.Group.Sum(reader => reader.ValuesLeft));
        foreach (var reader in merge.Group)
            reader.CopyValues(writer);
    }

    private static void Combine<TValue>(
        KeyMerge merge, SegmentWriter writer, Codec<TValue> codec, Func<TValue, TValue, TValue> combine, ArrayBufferWriter<byte> scratch)
    {
        var isFirst = true;
        TValue all = default!;
        foreach (var reader in merge.Group)
            for (; reader.NextValue(out var value); isFirst = false)
                all = isFirst ? codec.Decode(value) : combine(all, codec.Decode(value));
        var bytes = codec.BytesOf(all, scratch);
        writer.WriteKey(merge.Key, SegmentWriter.SizeOfValue(bytes.Length));
        writer.WriteValue(bytes);
    }
}
