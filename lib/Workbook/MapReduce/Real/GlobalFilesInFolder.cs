using Workbook.MapReduce.Cluster;

namespace Workbook.MapReduce.Real;

/// <summary>
/// Folders that all workers of this machine share, in the place of a global file system. A file that is being written stands apart from
/// the output; <see cref="Rename"/> moves it there when it is whole. So the output folder never holds half a file, whoever is killed when.
/// </summary>
public sealed class GlobalFilesInFolder(JobFolders folders) : IGlobalFiles
{
    /// <exception cref="MapReduceException">The input file is missing, cannot be read, or has become shorter.</exception>
    public ReadOnlyMemory<byte> Read(Split split)
    {
        if (split.Length > Array.MaxLength)
            throw new MapReduceException($"A line of {split.File} that begins near byte {split.Offset} is longer than 2 GB, which is more than a map task can take.");
        var bytes = GC.AllocateUninitializedArray<byte>((int)split.Length);
        InputFiles.Read(split with { File = Path.Combine(folders.Input, split.File) }, bytes);
        return bytes;
    }

    /// <exception cref="MapReduceException">The file cannot be written.</exception>
    public void Create(string file) => Try(file, () => File.Create(Unfinished(file)).Dispose());

    /// <inheritdoc cref="Create"/>
    public void Append(string file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var stream = new FileStream(Unfinished(file), FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
            stream.Seek(0, SeekOrigin.End);
            stream.Write(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(file, e);
        }
    }

    /// <inheritdoc cref="Create"/>
    public void Rename(string file, string newName) =>
        Try(file, () => File.Move(Unfinished(file), Path.Combine(folders.Output, Plain(newName)), overwrite: true));

    private string Unfinished(string file) => Path.Combine(folders.Unfinished, Plain(file));

    /// <summary>A name must not lead out of the folder that it is meant for.</summary>
    private static string Plain(string file) =>
        file.Length > 0 && file[0] != '.' && file.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? file
            : throw new MapReduceException($"'{file}' is no name for an output file; use letters, digits, '-', '_' and inner dots.");

    private static void Try(string file, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(file, e);
        }
    }

    private static MapReduceException Refused(string file, Exception e) =>
        new($"The output file {file} cannot be written: {e.Message.TrimEnd('.')}.", e);
}
