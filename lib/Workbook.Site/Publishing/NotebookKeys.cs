using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Publishing;

/// <summary>
/// A key for all that a notebook's run depends on: its bytes, the libraries and files that it names, everything in
/// <c>data/</c>, this program, the engine that runs it and the runtime. When the key is the same, so is the run.
/// </summary>
/// <remarks>What a notebook names is found by looking at every string in it: one that is the path of a file, or of a folder
/// of the repository, counts as read. What it puts together from pieces, or fetches from elsewhere, is not seen.</remarks>
internal sealed partial class NotebookKeys(string root, string engine = "")
{
    /// <summary>Folders of no input: made by builds and renders, and the glossary, which pages need and runs do not.</summary>
    private static readonly string[] NotInputs = ["glossary", "bin", "obj", "site", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    private readonly ConcurrentDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <summary>A string literal as it stands inside JSON.</summary>
    [GeneratedRegex("""\\"([^"\\\r\n]{1,300})(?=\\")""")]
    private static partial Regex Literals();

    /// <summary>The key of one notebook.</summary>
    /// <exception cref="NotebookException">The notebook can't be read.</exception>
    /// <exception cref="IOException">Something that it names can't be read.</exception>
    public string Of(string notebook)
    {
        var bytes = NotebookFile.ReadBytes(notebook);
        var folder = Path.GetDirectoryName(Path.GetFullPath(notebook))!;
        var parts = new List<string>
        {
            typeof(NotebookKeys).Module.ModuleVersionId.ToString(),
            Environment.Version.ToString(),
            engine,
            Path.GetFileName(notebook),
            Convert.ToHexStringLower(SHA256.HashData(bytes)),
            HashOf(Path.Combine(root, "data")),
        };
        parts.AddRange(Named(Encoding.UTF8.GetString(bytes), folder).Select(path => path + " " + HashOf(path)));
        return Hash(string.Join('\n', parts));
    }

    /// <summary>The hash of a text, as lower-case hexadecimal.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private IEnumerable<string> Named(string json, string folder) =>
        Literals().Matches(json)
            .Select(match => match.Groups[1].Value)
            .Distinct(StringComparer.Ordinal)
            .Select(literal => PathOf(literal, folder))
            .OfType<string>()
            .Order(StringComparer.Ordinal);

    private string? PathOf(string literal, string folder)
    {
        if (literal.Contains('\0', StringComparison.Ordinal))
            return null;
        var path = Path.GetFullPath(literal, folder);
        if (File.Exists(path))
            return path;
        return literal.Contains('/', StringComparison.Ordinal) && Directory.Exists(path) && IsHere(path) ? path : null;
    }

    private bool IsHere(string path) =>
        (path + Path.DirectorySeparatorChar).StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string HashOf(string path) => _hashes.GetOrAdd(path, path =>
    {
        if (Directory.Exists(path))
            return HashOfFolder(path);
        if (!File.Exists(path))
            return "missing";

        // A library may call others that lie beside it.
        return path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? string.Concat(Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.dll").Order(StringComparer.Ordinal).Select(HashOfFile))
            : HashOfFile(path);
    });

    private string HashOfFolder(string folder)
    {
        var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .Where(entry => !entry.Name.StartsWith('.') && !NotInputs.Contains(entry.Name) && entry.LinkTarget is null)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => entry.Name + " " + (entry is DirectoryInfo ? HashOfFolder(entry.FullName) : HashOfFile(entry.FullName)));
        return Hash(string.Join('\n', entries));
    }

    /// <summary>The hash of the bytes; of a file that is huge or of the system's own, which may never end, its length and time.</summary>
    private string HashOfFile(string file)
    {
        const long huge = 64 << 20;
        var info = new FileInfo(file);
        if (info.Length is 0 or > huge || !IsHere(file))
            return $"{info.Length} {info.LastWriteTimeUtc.Ticks}";
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
