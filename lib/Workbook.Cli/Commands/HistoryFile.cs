using System.Text;

namespace Workbook.Cli.Commands;

/// <summary>The file that a history is read from; <c>-</c> stands for standard input.</summary>
internal sealed class HistoryFile(string path)
{
    /// <summary>A text in memory takes two bytes a character, and .NET's longest has about a billion.</summary>
    private const long Largest = 1L << 30;

    public string Name => NameOf(path);

    /// <summary>Null for standard input.</summary>
    public string? FullPath => path == "-" ? null : Path.GetFullPath(path);

    public static string NameOf(string path) => path == "-" ? "standard input" : path;

    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            if (FullPath is not { } file)
            {
                using var standard = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
                return await standard.ReadToEndAsync(cancellation);
            }

            if (Directory.Exists(file)) throw new CheckInputException($"{path} is a folder; give the file of a history.");
            if (!File.Exists(file)) throw new CheckInputException($"There is no file {path}.");
            if (new FileInfo(file).Length > Largest) throw new CheckInputException($"{path} has more than a gigabyte; cut it, by keys for example.");
            using var reader = new StreamReader(file, Encoding.UTF8);
            return await reader.ReadToEndAsync(cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or OutOfMemoryException)
        {
            throw new CheckInputException($"{Name} cannot be read: {error.Message}");
        }
    }
}
