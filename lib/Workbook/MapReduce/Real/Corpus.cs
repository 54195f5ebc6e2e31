namespace Workbook.MapReduce;

/// <summary>Text that is on every machine on which the workbook is: its own sources and notebooks.</summary>
public static class Corpus
{
    private static readonly string[] Endings = [".cs", ".md", ".ipynb", ".css", ".js", ".razor"];

    /// <summary>The workbook's text files, under paths from its root, in ordinal order; what a build makes is left out.</summary>
    /// <exception cref="MapReduceException">The current folder is not inside the workbook.</exception>
    public static IReadOnlyList<string> Workbook()
    {
        var root = Root();
        string[] places = [Path.Combine(root, "lib"), Path.Combine(root, "tests"), Path.Combine(root, "notebooks")];
        return [.. places.Where(Directory.Exists).SelectMany(TextFiles).Order(StringComparer.Ordinal)];
    }

    private static string Root()
    {
        for (var folder = Directory.GetCurrentDirectory(); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Workbook.sln"))) return Path.GetRelativePath(Directory.GetCurrentDirectory(), folder);
        }

        throw new MapReduceException("The workbook's own files are not here: run this from a folder inside the workbook, such as notebooks.");
    }

    private static IEnumerable<string> TextFiles(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => Endings.Contains(Path.GetExtension(file)))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));
}
