using System.Security.Cryptography;
using System.Text;

namespace Workbook.Site.Publishing;

/// <summary>
/// Texts kept under a key from one render to the next. An entry carries the hash of its text: one that was cut short or
/// changed is as good as none. A cache that can't be written only makes the next render slower.
/// </summary>
internal sealed class ContentCache(string folder, bool ignoresOldEntries)
{
    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(30);

    /// <summary>The text kept under a key, or null.</summary>
    public string? Read(string kind, string key)
    {
        if (ignoresOldEntries)
            return null;
        try
        {
            var entry = File.ReadAllText(FileOf(kind, key));
            var end = entry.IndexOf('\n', StringComparison.Ordinal);
            if (end < 0 || entry[..end] != Hash(entry[(end + 1)..]))
                return null;
            File.SetLastWriteTimeUtc(FileOf(kind, key), DateTime.UtcNow);
            return entry[(end + 1)..];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a text.</summary>
    public void Write(string kind, string key, string text)
    {
        var file = FileOf(kind, key);
        var unfinished = $"{file}.{Guid.NewGuid():n}.new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(unfinished, Hash(text) + "\n" + text);
            File.Move(unfinished, file, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(unfinished);
        }
    }

    /// <summary>Deletes what no render has asked for in a month.</summary>
    public void DeleteUnused()
    {
        if (!Directory.Exists(folder))
            return;
        var oldest = DateTime.UtcNow - KeptUnused;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
            if (file.LastWriteTimeUtc < oldest)
                TryDelete(file.FullName);
    }

    private string FileOf(string kind, string key) => Path.Combine(folder, kind, key);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is deleted another time.
        }
    }
}
