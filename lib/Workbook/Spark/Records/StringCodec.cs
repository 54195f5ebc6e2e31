using System.Runtime.InteropServices;
using System.Text;

namespace Workbook.Spark.Records;

/// <summary>
/// A text in one byte a character when all are below U+0100, else in two, as they are in memory.
/// </summary>
/// <remarks>
/// UTF-8 would lose a half of a surrogate pair that stands alone, which a .NET text may hold; here every text is read back as it was,
/// and all bytes are some text. The number before it is 0 for null, else 1 + 2 · length + (0 narrow, 1 wide).
/// </remarks>
internal sealed class StringCodec : RecordCodec<string?>
{
    private const char Widest = '\u00FF';

    internal override void Put(string? value, ref ByteSink to)
    {
        if (value is null)
        {
            to.Number(0);
            return;
        }

        var isNarrow = IsNarrow(value);
        to.Number(Head(value, isNarrow));
        if (isNarrow)
            Encoding.Latin1.GetBytes(value, to.Next(value.Length));
        else
            MemoryMarshal.AsBytes(value.AsSpan()).CopyTo(to.Next(2 * value.Length));
    }

    internal override string? Take(ref ReadOnlySpan<byte> from)
    {
        var head = ByteSource.Number(ref from);
        if (head == 0)
            return null;
        var length = (long)((head - 1) / 2);
        var isNarrow = (head - 1) % 2 == 0;
        if ((isNarrow ? length : 2 * length) > from.Length)
            throw Damage.Ended();
        return isNarrow
            ? Encoding.Latin1.GetString(ByteSource.Next(ref from, (int)length))
            : new string(MemoryMarshal.Cast<byte, char>(ByteSource.Next(ref from, (int)(2 * length))));
    }

    internal override long Measure(string? value)
    {
        if (value is null)
            return 1;
        var isNarrow = IsNarrow(value);
        return ByteSink.NumberSize(Head(value, isNarrow)) + (isNarrow ? value.Length : 2L * value.Length);
    }

    private static bool IsNarrow(string value)
    {
        // A word is looked through sooner than the vectors of the other way are set up.
        const int word = 32;
        if (value.Length > word)
            return !value.AsSpan().ContainsAnyExceptInRange('\0', Widest);
        var all = 0;
        foreach (var letter in value)
            all |= letter;
        return all <= Widest;
    }

    private static uint Head(string value, bool isNarrow) => (2 * (uint)value.Length) + (isNarrow ? 1u : 2u);
}
