using Workbook.Sim;

namespace Workbook.Live;

/// <summary>A node's disk in a folder of a real one: a file for each of the node's files.</summary>
/// <remarks>
/// A file is replaced by writing another beside it and renaming that, so a process that is killed leaves the old bytes or
/// the new. Only <see cref="Flush"/> makes them outlast a power cut. One node at a time may use a folder.
/// </remarks>
public sealed class LiveDisk : IDisk, IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly HashSet<string> _unflushed = new(StringComparer.Ordinal);
    private bool _hasNewNames;

    /// <summary>Opens the folder, or makes it.</summary>
    /// <exception cref="IOException">Another node uses the folder, or it cannot be written to.</exception>
    public LiveDisk(string folder)
    {
        _folder = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(_folder);
            _lock = new FileStream(Path.Combine(_folder, FileNames.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.Delete(Path.Combine(_folder, FileNames.Unfinished));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The folder {_folder} cannot be a node's disk: {exception.Message} Give each node a folder of its own to write to.",
                exception);
        }
    }

    public byte[]? Read(string file) => Try(file, path => File.Exists(path) ? File.ReadAllBytes(path) : null);

    public void Write(string file, ReadOnlySpan<byte> bytes)
    {
        var (path, unfinished) = (PathOf(file), Path.Combine(_folder, FileNames.Unfinished));
        try
        {
            File.WriteAllBytes(unfinished, bytes);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
            throw Refused(file, exception);
        }

        _unflushed.Add(file);
        _hasNewNames = true;
    }

    public void Append(string file, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(file);
        try
        {
            using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var length = stream.Seek(0, SeekOrigin.End);
            try
            {
                stream.Write(bytes);
            }
            catch (IOException)
            {
                stream.SetLength(length);
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(file, exception);
        }

        _unflushed.Add(file);
        _hasNewNames = true;
    }

    public void Rename(string file, string newName)
    {
        var to = PathOf(newName);
        Try(file, path =>
        {
            if (!File.Exists(path)) throw new FileNotFoundException($"There is no file {file} to rename in {_folder}.");
            File.Move(path, to, overwrite: true);
            return true;
        });
        if (_unflushed.Remove(file)) _unflushed.Add(newName);
        else _unflushed.Remove(newName);
        _hasNewNames = true;
    }

    public void Delete(string file)
    {
        Try(file, path =>
        {
            File.Delete(path);
            return true;
        });
        _unflushed.Remove(file);
        _hasNewNames = true;
    }

    public IReadOnlyList<string> Files() =>
    [
        .. Directory.EnumerateFiles(_folder)
            .Select(path => FileNames.Read(Path.GetFileName(path)))
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Waits until the device has what was written, and the names it was written under.</summary>
    public void Flush()
    {
        foreach (var file in _unflushed)
        {
            Try(file, path =>
            {
                using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                RandomAccess.FlushToDisk(handle);
                return true;
            });
        }

        if (_hasNewNames) FolderFlush.Flush(_folder);
        _unflushed.Clear();
        _hasNewNames = false;
    }

    /// <summary>Leaves the folder to the next node.</summary>
    public void Dispose() => _lock.Dispose();

    private string PathOf(string file) => Path.Combine(_folder, FileNames.Write(file));

    private T Try<T>(string file, Func<string, T> action)
    {
        try
        {
            return action(PathOf(file));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not FileNotFoundException))
        {
            throw Refused(file, exception);
        }
    }

    private IOException Refused(string file, Exception exception) =>
        new($"The disk in {_folder} refused the file {file}: {exception.Message}", exception);
}
