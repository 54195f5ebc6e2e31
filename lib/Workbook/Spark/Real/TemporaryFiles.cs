using Workbook.Spark.Storage;

namespace Workbook.Spark.Real;

/// <summary>
/// Files of contexts on this machine: partitions on disk, and checkpoints. A file goes when nobody can read it any more, at the latest when the process ends.
/// </summary>
internal static class TemporaryFiles
{
    private static readonly Lazy<string> Root = new(() =>
    {
        var root = Directory.CreateTempSubdirectory("workbook-spark-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Clear(root);
        return root;
    });

    private static int _count;

    /// <summary>Puts a partition in a file of its own.</summary>
    public static Block Write(Block block)
    {
        try
        {
            var file = new TemporaryFile(Path.Combine(Root.Value, $"{Interlocked.Increment(ref _count)}.records"));
            return block.ToFile(() => File.Create(file.Name), () => File.OpenRead(file.Name), file.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SparkException(
                $"A partition could not be written to {Path.GetTempPath()}: {e.Message.TrimEnd('.')}. Make room there, or keep less on disk.", e);
        }
    }

    /// <summary>Removes a folder and what can be removed of its files: one that is in use, or is written just now, never stops the end of a process.</summary>
    internal static void Clear(string folder)
    {
        for (var attempt = 0; attempt < 3 && Directory.Exists(folder); attempt++)
        {
            Try(() =>
            {
                foreach (var file in Directory.EnumerateFiles(folder)) Try(() => File.Delete(file));
            });
            Try(() => Directory.Delete(folder, recursive: true));
        }
    }

    private static void Try(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>A file that lives as long as the block that reads it.</summary>
    private sealed class TemporaryFile(string name)
    {
        ~TemporaryFile() => Try(() => File.Delete(name));

        public string Name => name;
    }
}
