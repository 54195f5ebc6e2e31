using Workbook.Spark.Storage;

namespace Workbook.Spark.Real;

/// <summary>Files of contexts on this machine: partitions on disk, and checkpoints. They go when the process ends.</summary>
internal static class TemporaryFiles
{
    private static readonly Lazy<string> Root = new(() =>
    {
        var root = Directory.CreateTempSubdirectory("workbook-spark-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        return root;
    });

    private static int _count;

    /// <summary>Puts a partition in a file of its own.</summary>
    public static Block Write(Block block)
    {
        var file = Path.Combine(Root.Value, $"{Interlocked.Increment(ref _count)}.records");
        try
        {
            return block.ToFile(() => File.Create(file), () => File.OpenRead(file), file);
        }
        catch (IOException e)
        {
            throw new SparkException($"A partition could not be written to {Root.Value}: {e.Message.TrimEnd('.')}. Make room there, or keep less on disk.", e);
        }
    }
}
