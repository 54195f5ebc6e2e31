using System.Runtime.InteropServices;

namespace Workbook.Spark.Apps;

/// <summary>How often each word occurs in a text: MapReduce's example (§2.1 of its paper), which takes Spark two transformations.</summary>
public static class WordCount
{
    /// <summary>Words with how often they occur; computed when an action asks.</summary>
    /// <param name="lines">The text. What stands between blanks (spaces, tabs) is a word.</param>
    /// <param name="partitions">How many partitions the counts have; without a number as many as the text.</param>
    public static Rdd<(string Key, long Value)> Of(Rdd<string> lines, int? partitions = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.MapPartitions(Counted).ReduceByKey((a, b) => a + b, partitions);
    }

    /// <summary>
    /// The counts of a partition, in the order in which the words first came. <c>FlatMap</c> with a pair for each word does too, and is shorter; but then
    /// each word of the text becomes a string of its own, and here only every different one does.
    /// </summary>
    private static IEnumerable<(string Key, long Value)> Counted(IEnumerable<string> lines)
    {
        // Nothing is ever taken out, so that a dictionary gives its keys in the order in which they came.
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in lines) Count(line, counts.GetAlternateLookup<ReadOnlySpan<char>>());
        return counts.Select(word => (word.Key, word.Value));
    }

    private static void Count(ReadOnlySpan<char> line, Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> counts)
    {
        while (line.Length > 0)
        {
            var length = line.IndexOfAny(' ', '\t');
            var word = length < 0 ? line : line[..length];
            line = length < 0 ? [] : line[(length + 1)..];
            if (!word.IsEmpty) CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
        }
    }
}
