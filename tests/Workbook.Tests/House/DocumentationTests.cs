using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Workbook.Tests.House;

/// <summary>What can be called is explained, and so is where things are.</summary>
public sealed partial class DocumentationTests
{
    private const int FilesThatNeedNoGuide = 2;

    [Fact]
    public void Every_public_type_of_the_library_has_a_summary()
    {
        var summaries = XDocument.Load(Path.ChangeExtension(LibraryUses.Path, ".xml")).Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => (string?)member.Attribute("name"))
            .ToHashSet();
        // The compiler names the containers of extension blocks with characters that no source can hold.
        var types = Assembly.LoadFrom(LibraryUses.Path).GetExportedTypes().Where(type => !type.FullName!.Contains('<'));

        Assert.NotEmpty(summaries);
        Complaints.None(types.Where(type => !summaries.Contains($"T:{type.FullName!.Replace('+', '.')}"))
            .Select(type => $"{type.FullName} is public and has no <summary>: say what it is, with units, ranges and source."));
    }

    [Fact]
    public void Every_folder_with_several_sources_has_a_README() =>
        Complaints.None(Repository.Under("lib", ".cs", ".razor").GroupBy(Repository.Folder)
            .Where(folder => folder.Count() > FilesThatNeedNoGuide && !HasGuide(folder.Key))
            .Select(folder => $"{folder.Key} has {folder.Count()} sources and no README.md: write one, or tell of `{Repository.Name(folder.Key)}/` in that of the folder above."));

    [Fact]
    public void The_table_of_a_README_names_only_what_exists() =>
        Complaints.None(
            from readme in Repository.Files
            where Repository.Name(readme) == "README.md"
            from line in Repository.Lines(readme)
            where line.Text.StartsWith('|')
            from name in FileName().Matches(line.Text).Select(match => match.Groups["name"].Value)
            where !Exists(Repository.Folder(readme), name)
            select $"{readme}({line.Number}) names {name}, which is not there.");

    private static bool HasGuide(string folder) =>
        File.Exists(Repository.FullPath($"{folder}/README.md"))
        || (Repository.Folder(folder) is var outer && File.Exists(Repository.FullPath($"{outer}/README.md"))
            && Repository.Text($"{outer}/README.md").Contains($"`{Repository.Name(folder)}/", StringComparison.Ordinal));

    /// <summary>A README may name a file of a folder inside by its name alone, and several files by a star.</summary>
    private static bool Exists(string folder, string name)
    {
        var wanted = Path.GetFullPath(Path.Combine(Repository.FullPath(folder), name));
        if (name.EndsWith('/'))
            return Directory.Exists(wanted);
        var pattern = new Regex($"/{Regex.Escape(name).Replace("\\*", "[^/]*", StringComparison.Ordinal)}$");
        return File.Exists(wanted) || Repository.Files.Any(file => file.StartsWith($"{folder}/", StringComparison.Ordinal) && pattern.IsMatch(file));
    }

    [GeneratedRegex(@"`(?<name>[\w.*/-]+(\.(cs|razor|js|css|csproj|txt|ipynb|md)|/))`")]
    private static partial Regex FileName();
}
