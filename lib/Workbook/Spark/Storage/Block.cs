using System.Runtime.CompilerServices;
using Workbook.Spark.Records;

namespace Workbook.Spark.Storage;

/// <summary>The records of one partition, kept.</summary>
internal abstract class Block(long bytes)
{
    /// <summary>How many bytes the records take, written out.</summary>
    public long Bytes => bytes;

    /// <summary>Writes the records to a file.</summary>
    /// <param name="create">Opens the file to write it.</param>
    /// <param name="open">Opens it to read it again.</param>
    /// <param name="name">What it is called in an error.</param>
    /// <returns>The same records, which are no longer in memory.</returns>
    public abstract Block ToFile(Func<Stream> create, Func<Stream> open, string name);
}

/// <inheritdoc/>
internal sealed class Block<T> : Block
{
    private readonly Func<T[]> _read;

    public Block(T[] records)
        : base(SizeOf(records)) => _read = () => records;

    private Block(Func<T[]> read, long bytes)
        : base(bytes) => _read = read;

    /// <summary>The records, from memory or from the file.</summary>
    public T[] Records => _read();

    public override Block ToFile(Func<Stream> create, Func<Stream> open, string name)
    {
        using (var file = create()) RecordFile.Write<T>(file, Records);
        return new Block<T>(Read, Bytes);

        T[] Read()
        {
            using var file = open();
            return RecordFile.Read<T>(file, name);
        }
    }

    /// <summary>
    /// The size of records as they would be written. Records that cannot be written are taken to be as large as their fields, and 32 bytes for what those
    /// point to.
    /// </summary>
    public static long SizeOf(ReadOnlySpan<T> records)
    {
        if (!RecordCodec<T>.IsKnown) return Guess(records.Length);
        var codec = RecordCodec<T>.Default;
        if (codec.FixedSize is { } each) return (long)each * records.Length;
        try
        {
            var bytes = 0L;
            foreach (ref readonly var record in records) bytes += codec.Size(in record);
            return bytes;
        }
        catch (SparkException)
        {
            // One of them is of a type that derives from T. As long as it stays in memory that is nobody's concern.
            return Guess(records.Length);
        }
    }

    private static long Guess(int records) => records * (Unsafe.SizeOf<T>() + 32L);
}
