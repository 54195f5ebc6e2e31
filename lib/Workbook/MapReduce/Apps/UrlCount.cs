namespace Workbook.MapReduce;

public static partial class Jobs
{
    /// <summary>
    /// How often each URL was asked for (§2.3), from web servers' logs in the Common Log Format, where the request stands in
    /// quotes: <c>… "GET /index.html HTTP/1.1" 200 5120</c>. Lines without a request are passed over.
    /// </summary>
    public static Job<string, long, long> UrlCount { get; } = Job
        .Map((Line line, Emit<string, long> emit) =>
        {
            if (line.Text.Split('"') is [_, var request, ..] && request.Split(' ') is [_, var url, ..])
                emit(url, 1);
        })
        .Combine((a, b) => a + b)
        .Reduce((url, counts) => counts.Sum());
}
