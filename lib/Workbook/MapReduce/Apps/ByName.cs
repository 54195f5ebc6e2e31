namespace Workbook.MapReduce;

public static partial class Jobs
{
    /// <summary>A job as one names it on a command line: <c>wc</c>, <c>indexer</c>, <c>grep PATTERN</c>, <c>url-count</c>, <c>reverse-links</c>.</summary>
    /// <exception cref="MapReduceException">There is no such job; the message lists those that there are.</exception>
    public static Job ByName(string app) => JobCatalog.BuiltIn.Find(app);
}
