using System.Text;

namespace Workbook.MapReduce;

/// <summary>What the sequential program wrote: the right answer, to compare an engine's answer with.</summary>
/// <param name="Files">The bytes of <c>mr-out-0</c>, <c>mr-out-1</c> and so on.</param>
public sealed record SequentialResult(IReadOnlyList<byte[]> Files)
{
    /// <summary>All output lines, file after file.</summary>
    public IEnumerable<string> Lines() => Files.SelectMany(file => Encoding.UTF8.GetString(file).Split('\n')[..^1]);

    /// <summary>One sentence about the first byte in which other output files differ from these; null when they are the same to the last byte.</summary>
    public string? DifferenceFrom(IReadOnlyList<byte[]> others)
    {
        if (others.Count != Files.Count)
            return $"The sequential program wrote {Files.Count} files, the other {others.Count}; run both with the same number of reducers.";
        for (var r = 0; r < Files.Count; r++)
        {
            var same = Files[r].AsSpan().CommonPrefixLength(others[r]);
            if (same < Files[r].Length || same < others[r].Length)
                return $"mr-out-{r} differs at byte {same}: the sequential program has {LineAt(Files[r], same)}, the other {LineAt(others[r], same)}.";
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Files.Count} files, {Files.Sum(file => file.LongLength):N0} bytes";

    private static string LineAt(ReadOnlySpan<byte> file, int at)
    {
        if (at >= file.Length)
            return "its end there";
        var start = file[..at].LastIndexOf((byte)'\n') + 1;
        var length = file[start..].IndexOf((byte)'\n');
        return MapReduceException.Quote(length < 0 ? file[start..] : file.Slice(start, length));
    }
}
