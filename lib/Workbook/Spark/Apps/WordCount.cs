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
        var words = new WordTable();
        foreach (var line in lines) words.Count(line);
        return words.Words();
    }
}
