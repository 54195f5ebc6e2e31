using System.Text.RegularExpressions;

namespace Workbook.MapReduce;

public static partial class Jobs
{
    private static Regex Link { get; } = new("""<a\s[^>]*href\s*=\s*["'](?<target>[^"'#]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>For each page, the pages that link to it (§2.3), from HTML files: <c>target page,page,…</c>.</summary>
    public static Job<string, string, string> ReverseLinks { get; } = Job
        .Map((Line line, Emit<string, string> emit) =>
        {
            foreach (Match link in Link.Matches(line.Text))
                emit(link.Groups["target"].Value, line.File);
        })
        .Reduce((target, sources) => string.Join(',', new SortedSet<string>(sources, StringComparer.Ordinal)));
}
