using System.Text;

namespace Workbook.Tests.House;

/// <summary>The files that people write, found by walking the tree: a copy without git holds to the same rules.</summary>
internal static class Repository
{
    private static readonly string[] Made = [".git", "bin", "obj", "node_modules", ".workbook", ".vs", ".idea", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>The folder of <c>Workbook.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk("").Order(StringComparer.Ordinal)];

    /// <summary>Files under a folder whose names end in one of the given endings.</summary>
    public static IEnumerable<string> Under(string folder, params string[] endings) =>
        Files.Where(file => file.StartsWith($"{folder}/", StringComparison.Ordinal) && endings.Any(file.EndsWith));

    public static string FullPath(string file) => Path.Combine(Root, file);

    public static string Text(string file) => File.ReadAllText(FullPath(file), Encoding.UTF8);

    /// <summary>Lines without their ends, and each one's number from 1.</summary>
    public static IEnumerable<(int Number, string Text)> Lines(string file) =>
        Text(file).Split('\n').Select((line, index) => (index + 1, line));

    public static string Folder(string file) => file.Contains('/') ? file[..file.LastIndexOf('/')] : "";

    public static string Name(string file) => file[(file.LastIndexOf('/') + 1)..];

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(Path.Combine(Root, folder)))
        {
            var name = Path.GetFileName(path);
            if (Made.Contains(name) || (folder.Length == 0 && (name == "site" || name.StartsWith(".site.", StringComparison.Ordinal))))
                continue;
            var inner = folder.Length == 0 ? name : $"{folder}/{name}";
            if (!Directory.Exists(path))
                yield return inner;
            else
                foreach (var file in Walk(inner))
                    yield return file;
        }
    }

    private static string FindRoot()
    {
        for (var here = AppContext.BaseDirectory; here is not null; here = Path.GetDirectoryName(here))
            if (File.Exists(Path.Combine(here, "Workbook.sln")))
                return here;
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Workbook.sln.");
    }
}
