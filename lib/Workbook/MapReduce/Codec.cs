using System.Buffers;
using System.Globalization;
using System.Text;

namespace Workbook.MapReduce;

/// <summary>
/// How keys, values or results of one type become bytes on their way from a map task to a reduce task, and text in the output.
/// </summary>
/// <remarks>
/// Keys are sorted by their encoded bytes, so a codec for keys should keep the type's own order (as the built-in ones do), and two
/// keys are the same key exactly when their bytes are.
/// </remarks>
/// <typeparam name="T">The type.</typeparam>
public abstract class Codec<T>
{
    /// <summary>Appends the value's bytes. Their number is kept beside them; they need no end mark.</summary>
    public abstract void Encode(T value, IBufferWriter<byte> to);

    /// <summary>The value again, from exactly the bytes that <see cref="Encode"/> wrote. Must not keep the span.</summary>
    public abstract T Decode(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Appends the value as it stands in an output line, in UTF-8. Without a better idea: as <c>ToString</c>, in no country's
    /// format.
    /// </summary>
    public virtual void Print(T value, IBufferWriter<byte> to) =>
        Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", to);

    /// <summary>The value's bytes, in <paramref name="scratch"/> unless the value already has them somewhere.</summary>
    internal virtual ReadOnlySpan<byte> BytesOf(T value, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        Encode(value, scratch);
        return scratch.WrittenSpan;
    }
}
