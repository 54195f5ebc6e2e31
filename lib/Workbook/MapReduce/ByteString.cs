using System.Text;
using Workbook.Parts;

namespace Workbook.MapReduce;

/// <summary>
/// A run of bytes inside a larger buffer: a word of a line, say, without the cost of making a <see cref="string"/> of it.
/// </summary>
/// <remarks>
/// What a map function gets is a view of the input split, good until that call of the map function returns; emitting it is
/// safe (the job copies what it keeps), storing it elsewhere needs <see cref="Copy"/>. Equality, hash and order are those of the bytes;
/// the order is also that of the code points when the bytes are UTF-8.
/// </remarks>
public readonly struct ByteString : IEquatable<ByteString>, IComparable<ByteString>
{
    private readonly byte[]? _buffer;
    private readonly int _start;
    private readonly int _length;

    /// <summary>All of a buffer, not copied.</summary>
    public ByteString(byte[] buffer) : this(buffer, 0, buffer.Length)
    {
    }

    /// <summary>A part of a buffer, not copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the buffer.</exception>
    public ByteString(byte[] buffer, int start, int length)
    {
        if ((uint)start > (uint)buffer.Length || (uint)length > (uint)(buffer.Length - start))
            ThrowOutside(start, length, buffer.Length);
        _buffer = buffer;
        _start = start;
        _length = length;
    }

    /// <summary>How many bytes.</summary>
    public int Length => _length;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => new(_buffer, _start, _length);

    /// <summary>A part of it, not copied.</summary>
    public ByteString Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start))
            ThrowOutside(start, length, _length);
        return new ByteString(_buffer ?? [], _start + start, length);
    }

    /// <summary>The same bytes in a buffer of their own, to keep after the map function has returned.</summary>
    public ByteString Copy() => new(Span.ToArray());

    /// <summary>The bytes of a text in UTF-8.</summary>
    public static ByteString From(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes read as UTF-8; what is not valid UTF-8 becomes U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);

    /// <summary>As <see cref="ToString"/>, so that a job with <see cref="string"/> keys reads the same as one with byte keys.</summary>
    public static implicit operator string(ByteString bytes) => bytes.ToString();

    /// <inheritdoc/>
    public bool Equals(ByteString other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ByteString other && Equals(other);

    /// <summary>Stable from process to process.</summary>
    public override int GetHashCode() => (int)StableHash.Of(Span);

    /// <inheritdoc/>
    public int CompareTo(ByteString other) => Span.SequenceCompareTo(other.Span);

    public static bool operator ==(ByteString left, ByteString right) => left.Equals(right);

    public static bool operator !=(ByteString left, ByteString right) => !left.Equals(right);

    internal byte[] Buffer => _buffer ?? [];

    internal int Start => _start;

    // Apart from its callers, which are called for every word and small enough to be inlined without it.
    private static void ThrowOutside(int start, int length, int all) =>
        throw new ArgumentOutOfRangeException(nameof(length), $"{length} bytes from {start} do not lie inside {all} bytes.");
}
