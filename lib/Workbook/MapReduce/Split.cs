namespace Workbook.MapReduce;

/// <summary>A part of an input file, from the beginning of a line to the end of one: the input of a map task (§3.1: "M splits").</summary>
/// <param name="File">The file's name, as map functions and error messages see it.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Length">How many bytes.</param>
public sealed record Split(string File, long Offset, long Length)
{
    /// <summary>All of a file.</summary>
    public static Split Whole(string file, long length) => new(file, 0, length);

    /// <summary>
    /// Cuts a file that is in memory into splits of at least <paramref name="size"/> bytes, at line borders. An empty file has
    /// none.
    /// </summary>
    /// <exception cref="MapReduceException"><paramref name="size"/> is less than 1.</exception>
    public static IReadOnlyList<Split> Cut(string file, ReadOnlyMemory<byte> bytes, long size) =>
        Cut(file, bytes.Length, size, from => LineBorder(bytes.Span, from));

    /// <summary>As above for any file, given a way to find the first line border at or after a place.</summary>
    internal static IReadOnlyList<Split> Cut(string file, long length, long size, Func<long, long> lineBorderFrom)
    {
        if (size < 1)
            throw new MapReduceException($"A split of {size} bytes can hold nothing: choose a split size of 1 byte or more.");
        var splits = new List<Split>();
        for (long start = 0, end; start < length; start = end)
        {
            end = length - start <= size ? length : Math.Min(length, lineBorderFrom(start + size));
            splits.Add(new Split(file, start, end - start));
        }

        return splits;
    }

    private static long LineBorder(ReadOnlySpan<byte> bytes, long from)
    {
        // A border lies just behind a line break, so the byte before `from` is the first that may be one.
        var found = bytes[(int)(from - 1)..].IndexOf((byte)'\n');
        return found < 0 ? bytes.Length : from + found;
    }
}
