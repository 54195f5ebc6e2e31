namespace Workbook.MapReduce;

public static partial class Jobs
{
    /// <summary>
    /// A job by its name, for processes that are told over the network what to run: <c>wc</c>, <c>indexer</c> (as the lab calls
    /// them), <c>grep PATTERN</c>, <c>url-count</c>, <c>reverse-links</c>.
    /// </summary>
    /// <exception cref="MapReduceException">There is no job of that name.</exception>
    public static Job Named(string name) => name.Split(' ', 2) switch
    {
        ["wc"] => WordCount,
        ["indexer"] => InvertedIndex,
        ["grep", var pattern] => Grep(pattern),
        ["url-count"] => UrlCount,
        ["reverse-links"] => ReverseLinks,
        _ => throw new MapReduceException($"There is no job named '{name}': name wc, indexer, grep PATTERN, url-count or reverse-links."),
    };
}
