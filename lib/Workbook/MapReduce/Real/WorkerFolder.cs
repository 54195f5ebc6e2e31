using Workbook.Live;

namespace Workbook.MapReduce.Real;

/// <summary>A worker's own disk: a new folder for its map output, which goes away with the worker.</summary>
internal sealed class WorkerFolder : IDisposable
{
    private const string Prefix = "workbook-worker-";

    /// <summary>So long nobody but a worker that is just starting looks at its new folder.</summary>
    private static readonly TimeSpan TimeToStart = TimeSpan.FromMinutes(1);

    private WorkerFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes a folder in the given one, or where temporary files go, and removes what killed workers left there.</summary>
    /// <exception cref="MapReduceException">It cannot be made.</exception>
    public static WorkerFolder Create(string? parent)
    {
        parent ??= System.IO.Path.GetTempPath();
        try
        {
            Directory.CreateDirectory(parent);
            foreach (var folder in Directory.EnumerateDirectories(parent, $"{Prefix}*")) RemoveIfAbandoned(folder);
            return new WorkerFolder(Directory.CreateDirectory(System.IO.Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}")).FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MapReduceException($"The worker's folder cannot be made in {parent}: {e.Message.TrimEnd('.')}. Name another one.", e);
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A task was still at it; the next worker removes it.
        }
    }

    private static void RemoveIfAbandoned(string folder)
    {
        try
        {
            if (DateTime.UtcNow - Directory.GetCreationTimeUtc(folder) < TimeToStart) return;

            // A worker that lives holds the lock.
            new LiveDisk(folder).Dispose();
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
