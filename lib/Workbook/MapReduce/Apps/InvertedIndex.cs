namespace Workbook.MapReduce;

public static partial class Jobs
{
    /// <summary>
    /// For each word, in how many files it occurs and in which (§2.3), as the lab's <c>indexer</c> writes it: <c>word 2
    /// a.txt,b.txt</c>.
    /// </summary>
    public static Job<ByteString, string, string> InvertedIndex { get; } = Job
        .Map((Line line, Emit<ByteString, string> emit) =>
        {
            foreach (var word in line.Words().Distinct())
                emit(word, line.File);
        })
        .Reduce((word, files) =>
        {
            var distinct = new SortedSet<string>(files, StringComparer.Ordinal);
            return $"{distinct.Count} {string.Join(',', distinct)}";
        });
}
