namespace Workbook.MapReduce;

public static partial class Jobs
{
    /// <summary>
    /// A job by its name, for processes that are told over the network what to run: <c>wc</c>, <c>indexer</c> (as the lab calls
    /// them), <c>grep PATTERN</c>, <c>url-count</c>, <c>reverse-links</c>. A <see cref="JobCatalog"/> can have more.
    /// </summary>
    /// <exception cref="MapReduceException">There is no job of that name.</exception>
    public static Job Named(string name) => JobCatalog.BuiltIn.Find(name);
}
