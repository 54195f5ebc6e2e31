using System.Text;
using Workbook.Draw;

namespace Workbook.MapReduce;

/// <summary>What the sequential program wrote: the right answer, to compare an engine's answer with.</summary>
/// <param name="Files">The bytes of <c>mr-out-0</c>, <c>mr-out-1</c> and so on.</param>
[TypeFormatterSource]
public sealed record SequentialResult(IReadOnlyList<byte[]> Files) : IDisplay
{
    /// <summary>All output lines, file after file.</summary>
    public IEnumerable<string> Lines() => Files.SelectMany(file => Encoding.UTF8.GetString(file).Split('\n')[..^1]);

    /// <summary>
    /// One sentence about the first place in which other output files differ from these; null when they are the same to the last
    /// byte. With another number of files, as the lab's tests do it: all lines of all files, sorted.
    /// </summary>
    public string? DifferenceFrom(IReadOnlyList<byte[]> others)
    {
        if (others.Count != Files.Count)
            return DifferenceOf(SortedLines(Files), SortedLines(others), "In the sorted output");
        for (var r = 0; r < Files.Count; r++)
            if (!Files[r].AsSpan().SequenceEqual(others[r]))
                return DifferenceOf([.. LinesOf(Files[r])], [.. LinesOf(others[r])], $"In mr-out-{r}");
        return null;
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <inheritdoc/>
    public override string ToString() => $"{Files.Count} files, {Files.Sum(file => file.LongLength):N0} bytes";

    private static string? DifferenceOf(IReadOnlyList<byte[]> right, IReadOnlyList<byte[]> other, string where)
    {
        for (var i = 0; i < Math.Max(right.Count, other.Count); i++)
            if (i >= right.Count || i >= other.Count || !right[i].AsSpan().SequenceEqual(other[i]))
                return $"{where}, line {i + 1} should be {LineAt(right, i)}, and is {LineAt(other, i)}.";
        return null;
    }

    private static string LineAt(IReadOnlyList<byte[]> lines, int i) => i < lines.Count ? MapReduceException.Quote(lines[i]) : "the end";

    private static IReadOnlyList<byte[]> SortedLines(IEnumerable<byte[]> files) =>
        [.. files.SelectMany(LinesOf).Order(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))];

    /// <summary>
    /// The lines of a file, each with its line break, so that a file whose last line has none is not taken for one that has.
    /// </summary>
    private static IEnumerable<byte[]> LinesOf(byte[] file)
    {
        for (int start = 0, end; start < file.Length; start = end)
        {
            end = Array.IndexOf(file, (byte)'\n', start) + 1;
            if (end == 0)
                end = file.Length;
            yield return file[start..end];
        }
    }
}
