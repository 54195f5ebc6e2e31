namespace Workbook.MapReduce.Cluster;

/// <summary>
/// The global file system that holds a job's input and output. It is reliable and shared by all workers: the paper's is GFS. In the
/// simulator it is memory (<see cref="GlobalFilesInMemory"/>), for real it is a folder.
/// </summary>
public interface IGlobalFiles
{
    /// <summary>The bytes of a split.</summary>
    ReadOnlyMemory<byte> Read(Split split);

    /// <summary>Makes the file, empty; one of that name is emptied.</summary>
    void Create(string file);

    /// <summary>Adds to the end of the file.</summary>
    void Append(string file, ReadOnlySpan<byte> bytes);

    /// <summary>Gives the file another name, in one step, in the place of a file that had it.</summary>
    void Rename(string file, string newName);
}

/// <summary>A global file system for the simulator: it never fails, and all nodes see it alike.</summary>
public sealed class GlobalFilesInMemory : IGlobalFiles
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>A file system that holds the files given.</summary>
    public GlobalFilesInMemory(IEnumerable<InputFile> files)
    {
        foreach (var file in files) _files[file.Name] = file.Bytes;
    }

    /// <summary>The names of all files.</summary>
    public IReadOnlyCollection<string> Names => _files.Keys;

    /// <summary>A file's bytes; null when there is no such file.</summary>
    public byte[]? this[string file] => _files.GetValueOrDefault(file);

    public ReadOnlyMemory<byte> Read(Split split) => _files[split.File].AsMemory((int)split.Offset, (int)split.Length);

    public void Create(string file) => _files[file] = [];

    public void Append(string file, ReadOnlySpan<byte> bytes) => _files[file] = [.. _files.GetValueOrDefault(file, []), .. bytes];

    public void Rename(string file, string newName)
    {
        _files[newName] = _files[file];
        _files.Remove(file);
    }
}
