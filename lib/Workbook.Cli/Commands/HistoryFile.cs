using System.Text;

namespace Workbook.Cli.Commands;

/// <summary>The file that a history is read from; <c>-</c> stands for standard input.</summary>
internal sealed class HistoryFile(string path)
{
    /// <summary>Characters. A text in memory takes two bytes for each, and twice that while it is read.</summary>
    private const int Largest = 1 << 29;

    public string Name => NameOf(path);

    /// <summary>Null for standard input.</summary>
    public string? FullPath => path == "-" ? null : Path.GetFullPath(path);

    public static string NameOf(string path) => path == "-" ? "standard input" : path;

    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            if (FullPath is not { } file) return await ReadAsync(Console.OpenStandardInput(), cancellation);
            if (Directory.Exists(file)) throw new CheckInputException($"{path} is a folder; give the file of a history.");
            if (!File.Exists(file)) throw new CheckInputException($"There is no file {path}.");
            return await ReadAsync(File.OpenRead(file), cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or OutOfMemoryException)
        {
            throw new CheckInputException($"{Name} cannot be read: {error.Message}");
        }
    }

    private async Task<string> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = new StringBuilder();
        var buffer = new char[1 << 16];
        while (await reader.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            // Some files have no length until they are read, and some no end.
            if (text.Length > Largest - read) throw new CheckInputException($"{Name} has more than half a billion characters; cut it, by keys for example.");
            text.Append(buffer, 0, read);
        }

        return text.ToString();
    }
}
