using Workbook.Site.Publishing;

namespace Workbook.Site.Serving;

/// <summary>
/// Looks out for changes of notebooks, of <c>data/</c> and of built libraries. What comes close together is one change.
/// </summary>
internal sealed class WatchedFiles(string root, TimeSpan quiet) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly List<FileSystemWatcher> _watchers = [];
    private FileChanges _changes = FileChanges.None;
    private long _count;

    /// <exception cref="SiteException">The system watches no more folders.</exception>
    internal void Start()
    {
        Watch("notebooks", "*.ipynb", isDeep: false, path => _changes.AndNotebook(Path.GetFileNameWithoutExtension(path)));
        Watch("data", "*", isDeep: true, _ => FileChanges.All);
        // Any library: which notebooks load it, or what lies beside it, the cache knows.
        Watch("lib", "*.dll", isDeep: true, path => IsBuilt(path) ? FileChanges.All : FileChanges.None);
    }

    /// <summary>The next changes, once nothing has changed for a while.</summary>
    internal async Task<FileChanges> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _signal.WaitAsync(cancellationToken);
            for (var before = -1L; before != Interlocked.Read(ref _count);)
            {
                before = Interlocked.Read(ref _count);
                await Task.Delay(quiet, cancellationToken);
            }
            lock (_lock)
            {
                var changes = _changes;
                _changes = FileChanges.None;
                if (changes != FileChanges.None)
                    return changes;
            }
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers)
            watcher.Dispose();
    }

    private static bool IsBuilt(string path) => path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private void Watch(string name, string filter, bool isDeep, Func<string, FileChanges> changes)
    {
        var folder = Path.Combine(root, name);
        if (!Directory.Exists(folder))
            return;
        try
        {
            var watcher = new FileSystemWatcher(folder, filter)
            {
                IncludeSubdirectories = isDeep,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.DirectoryName,
            };
            watcher.Changed += (_, change) => Note(() => changes(change.FullPath));
            watcher.Created += (_, change) => Note(() => changes(change.FullPath));
            watcher.Deleted += (_, change) => Note(() => changes(change.FullPath));
            // Many editors write a file of another name, and then give it this one's.
            watcher.Renamed += (_, change) => Note(() => changes(change.FullPath).And(changes(change.OldFullPath)));
            watcher.Error += (_, _) => Note(() => FileChanges.All);
            watcher.EnableRaisingEvents = true;
            _watchers.Add(watcher);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SiteException($"{folder} cannot be watched: {error.Message}", error);
        }
    }

    private void Note(Func<FileChanges> changes)
    {
        lock (_lock)
        {
            var more = changes();
            if (more == FileChanges.None)
                return;
            _changes = _changes.And(more);
        }
        Interlocked.Increment(ref _count);
        _signal.Release();
    }
}
