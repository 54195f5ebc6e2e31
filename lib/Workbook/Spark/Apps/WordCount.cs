namespace Workbook.Spark.Apps;

/// <summary>How often each word occurs in a text: MapReduce's example (§2.1 of its paper), which takes Spark three transformations.</summary>
public static class WordCount
{
    /// <summary>Words with how often they occur; computed when an action asks.</summary>
    /// <param name="lines">The text. What stands between blanks (spaces, tabs) is a word.</param>
    /// <param name="partitions">How many partitions the counts have; without a number as many as the text.</param>
    public static Rdd<(string Key, long Value)> Of(Rdd<string> lines, int? partitions = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.FlatMap<(string Key, long Value)>((line, emit) =>
        {
            for (int at = 0, start = 0; at <= line.Length; at++)
            {
                if (at < line.Length && line[at] is not (' ' or '\t')) continue;
                if (at > start) emit((line[start..at], 1));
                start = at + 1;
            }
        }).ReduceByKey((a, b) => a + b, partitions);
    }
}
