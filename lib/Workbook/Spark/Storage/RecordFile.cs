using System.Buffers;
using System.Buffers.Binary;
using Workbook.Parts;
using Workbook.Spark.Records;

namespace Workbook.Spark.Storage;

/// <summary>
/// Records in a file: chunks of at most a few thousand, each with its length, its count and a hash, so that a damaged file is never read as data.
/// </summary>
internal static class RecordFile
{
    private const int RecordsInChunk = 4096;
    private const int HeaderSize = 16;

    public static void Write<T>(Stream stream, ReadOnlySpan<T> records)
    {
        var codec = RecordCodec<T>.Default;
        var chunk = new ArrayBufferWriter<byte>();
        Span<byte> header = stackalloc byte[HeaderSize];
        for (var from = 0; from < records.Length; from += RecordsInChunk)
        {
            var some = records.Slice(from, Math.Min(RecordsInChunk, records.Length - from));
            chunk.ResetWrittenCount();
            foreach (ref readonly var record in some) codec.Write(in record, chunk);
            BinaryPrimitives.WriteInt32LittleEndian(header, chunk.WrittenCount);
            BinaryPrimitives.WriteInt32LittleEndian(header[4..], some.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(header[8..], StableHash.Of(chunk.WrittenSpan));
            stream.Write(header);
            stream.Write(chunk.WrittenSpan);
        }
    }

    /// <exception cref="SparkException">The file was cut or changed.</exception>
    public static T[] Read<T>(Stream stream, string name)
    {
        var codec = RecordCodec<T>.Default;
        var records = new Readers.RecordList<T>();
        Span<byte> header = stackalloc byte[HeaderSize];
        for (int had; (had = stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false)) > 0;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (had < HeaderSize || length < 0 || length > stream.Length - stream.Position) throw Damaged(name);
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            if (StableHash.Of(bytes) != BinaryPrimitives.ReadUInt64LittleEndian(header[8..])) throw Damaged(name);
            ReadOnlySpan<byte> left = bytes;
            for (var count = BinaryPrimitives.ReadInt32LittleEndian(header[4..]); count > 0; count--) records.Add(codec.Read(ref left));
        }

        return records.TakeArray();
    }

    private static SparkException Damaged(string name) => new($"{name} is damaged: remove it, and compute the dataset again in a new context.");
}
