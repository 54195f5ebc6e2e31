using System.Buffers;

namespace Workbook.Spark.Records;

/// <summary>
/// How records of one type become bytes and are read again, found from the type alone: numbers, texts, points in time, tuples, records
/// and plain classes, arrays and lists and dictionaries of these, and any nesting of them.
/// </summary>
/// <remarks>
/// A dataset needs bytes only where a record leaves memory: in a shuffle, on disk, on the network, and to say how much memory a cached
/// partition takes. A type that has no codec (see <see cref="WhyNot"/>) can still be mapped, filtered and collected.
/// A value is written, not an object: what is shared is written twice. Bytes are little-endian and tell nothing of the type; they
/// are for the program that wrote them, not for an archive.
/// </remarks>
/// <typeparam name="T">The type of the records.</typeparam>
public abstract class RecordCodec<T>
{
    private static readonly (RecordCodec<T>? Codec, string? WhyNot) Found = CodecSearch.For<T>();

    private protected RecordCodec()
    {
    }

    /// <summary>The codec for <typeparamref name="T"/>; there is one, whoever asks.</summary>
    /// <exception cref="SparkException">There is none; the message is <see cref="WhyNot"/>.</exception>
    public static RecordCodec<T> Default => Found.Codec ?? throw new SparkException(Found.WhyNot!);

    /// <summary>Whether values of the type can be written as bytes.</summary>
    public static bool IsKnown => Found.Codec is not null;

    /// <summary>Why values of the type cannot be written, and what to do about it, in a sentence or two; null when they can.</summary>
    public static string? WhyNot => Found.WhyNot;

    /// <summary>The bytes that each value takes, when that is the same number for all; otherwise null.</summary>
    public virtual int? FixedSize => null;

    /// <summary>The fewest bytes that a value takes, at least 1: a damaged count is found out by it before memory is taken.</summary>
    internal virtual int LeastSize => FixedSize ?? 1;

    /// <summary>Whether the bytes are those that the value has in memory, so that an array is copied in one go.</summary>
    internal virtual bool IsRaw => false;

    /// <summary>Appends the value's bytes.</summary>
    /// <exception cref="SparkException">
    /// The value is of a type that derives from <typeparamref name="T"/>, or is nested without end, or compares its keys in a way of its own.
    /// </exception>
    public void Write(in T value, IBufferWriter<byte> to)
    {
        ArgumentNullException.ThrowIfNull(to);
        var sink = new ByteSink(to);
        Put(value, ref sink);
        sink.Flush();
    }

    /// <summary>
    /// The value at the beginning of some bytes, and <paramref name="from"/> moved behind it. Takes memory in proportion to the bytes
    /// that are there, whatever they say.
    /// </summary>
    /// <exception cref="SparkException">The bytes are not those of a <typeparamref name="T"/>; <paramref name="from"/> is left as it was.</exception>
    public T Read(ref ReadOnlySpan<byte> from)
    {
        var rest = from;
        try
        {
            var value = Take(ref rest);
            from = rest;
            return value;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Besides what is found out here: whatever a record's own constructor throws at values that make no sense.
            throw Damage.To(typeof(T), exception);
        }
    }

    /// <summary>
    /// The number of bytes that <see cref="Write"/> would write for the value, without writing them. At once for a type with a
    /// <see cref="FixedSize"/> and for arrays of one; otherwise by a walk through the value.
    /// </summary>
    /// <exception cref="SparkException">As for <see cref="Write"/>.</exception>
    public long Size(in T value) => Measure(value);

    internal abstract void Put(T value, ref ByteSink to);

    internal abstract T Take(ref ReadOnlySpan<byte> from);

    internal abstract long Measure(T value);

    /// <summary>Whether raw bytes are bytes of values. Only asked where <see cref="IsRaw"/>.</summary>
    internal virtual bool Allows(ReadOnlySpan<byte> raw) => true;
}
