namespace Workbook.MapReduce.Real;

/// <summary>Output folders of jobs that were given none: removed when the process ends.</summary>
internal static class TemporaryOutput
{
    private static readonly Lazy<string> Root = new(() =>
    {
        var root = Directory.CreateTempSubdirectory("workbook-mapreduce-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        return root;
    });

    private static int _count;

    public static string NewFolder() => Path.Combine(Root.Value, $"output-{Interlocked.Increment(ref _count)}");
}
