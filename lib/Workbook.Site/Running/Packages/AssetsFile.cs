using System.Text.Json.Nodes;

namespace Workbook.Site.Running.Packages;

/// <summary>Reads what <c>dotnet restore</c> writes: which files of which packages are used, and where they lie.</summary>
internal static class AssetsFile
{
    internal static RestoredPackages Read(string path, IReadOnlyList<string> directives)
    {
        var root = JsonNode.Parse(File.ReadAllText(path))!;
        var folders = root["packageFolders"]!.AsObject().Select(folder => folder.Key).ToList();
        // Two targets: the framework alone, and the framework on this machine, which comes last.
        var target = root["targets"]!.AsObject().Last().Value!.AsObject();
        var assemblies = new List<string>();
        var natives = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, library) in target)
        {
            if (root["libraries"]?[name]?["path"]?.GetValue<string>() is not { } packagePath)
                continue;
            assemblies.AddRange(Files(library!, "runtime").Where(IsAssembly).Select(file => Find(folders, packagePath, file)));
            natives.UnionWith(Files(library!, "native").Select(file => Path.GetDirectoryName(Find(folders, packagePath, file))!));
        }
        return new RestoredPackages(directives, assemblies, [.. natives]);
    }

    private static IEnumerable<string> Files(JsonNode library, string kind) =>
        library[kind]?.AsObject().Select(file => file.Key).Where(file => Path.GetFileName(file) != "_._") ?? [];

    private static bool IsAssembly(string file) => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    private static string Find(List<string> folders, string packagePath, string file)
    {
        var paths = folders.Select(folder => Path.GetFullPath(Path.Combine(folder, packagePath, file))).ToList();
        return paths.Find(File.Exists) ?? throw new FileNotFoundException($"{file} of {packagePath} is not in the packages folder.");
    }
}
