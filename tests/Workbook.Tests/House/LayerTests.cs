using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mono.Cecil;

namespace Workbook.Tests.House;

/// <summary>Who may use whom: folders of the library, assemblies, projects and packages.</summary>
public sealed partial class LayerTests
{
    /// <summary>
    /// The folders of lib/Workbook, and the folders that each of them may use. Systems stand on everything above them; an edge
    /// from one system to another is entered here with its reason.
    /// </summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Sim"] = [],
        ["Draw"] = [],
        // What exploring has found shows itself in a cell.
        ["Check"] = ["Sim", "Draw"],
        ["Parts"] = ["Sim", "Check", "Draw"],
        ["Live"] = ["Sim"],
        ["Raft"] = ["Sim", "Check", "Draw", "Parts"],
        // Lab 3 is lab 2's upper layer.
        ["KeyValue"] = ["Sim", "Check", "Draw", "Parts", "Raft"],
        // The labs' tests run on the systems, and on a reader's own.
        ["Labs"] = ["Sim", "Check", "Draw", "Parts", "Raft", "KeyValue"],
        ["MapReduce"] = ["Sim", "Check", "Draw", "Parts", "Live"],
        ["Spark"] = ["Sim", "Check", "Draw", "Parts"],
        ["Bitcoin"] = ["Sim", "Check", "Draw", "Parts"],
    };

    /// <summary>The projects of this repository that each project builds on.</summary>
    private static readonly Dictionary<string, string[]> BuildsOn = new()
    {
        ["lib/Workbook"] = [],
        ["lib/Workbook.Site"] = [],
        ["lib/Workbook.Site/Ahead"] = [],
        ["lib/Workbook.Cli"] = ["Workbook", "Workbook.Site"],
        ["tests/Workbook.Tests"] = ["Workbook"],
        ["tests/Workbook.Site.Tests"] = ["Workbook.Site", "Workbook.Cli"],
        ["tests/Workbook.Benchmarks"] = ["Workbook"],
    };

    [Fact]
    public void Every_folder_of_the_library_stands_in_the_table_of_layers() =>
        Complaints.None(Directory.EnumerateDirectories(Repository.FullPath("lib/Workbook"))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(folder => Repository.Under($"lib/Workbook/{folder}", ".cs").Any() && !MayUse.ContainsKey(folder))
            .Select(folder => $"lib/Workbook/{folder} is new: enter it in {nameof(MayUse)} of LayerTests.cs, with the folders it may use."));

    [Fact]
    public void The_table_of_layers_names_only_folders_that_exist() =>
        Complaints.None(MayUse.Keys.Concat(MayUse.Values.SelectMany(used => used)).Distinct()
            .Where(folder => !Repository.Under($"lib/Workbook/{folder}", ".cs").Any())
            .Select(folder => $"lib/Workbook/{folder} is gone: take it out of {nameof(MayUse)} in LayerTests.cs."));

    [Fact]
    public void The_table_of_layers_goes_one_way() =>
        Complaints.None(MayUse.Keys.Where(folder => Reach(folder).Contains(folder))
            .Select(folder => $"{folder} would use itself by way of {string.Join(", ", MayUse[folder])}."));

    [Fact]
    public void Each_folder_of_the_library_uses_only_what_stands_before_it()
    {
        var uses = LibraryUses.Read().Where(use => use.From != use.To && MayUse.ContainsKey(use.From)).ToList();

        Assert.Contains(uses, use => use is { From: "Parts", To: "Sim" });
        Complaints.None(uses.Where(use => !MayUse[use.From].Contains(use.To))
            .Select(use => $"{use.Member} uses {use.Used}, but {use.From} may use only: {string.Join(", ", MayUse[use.From])}.")
            .Distinct());
    }

    [Fact]
    public void The_library_needs_no_package_at_run_time()
    {
        using var library = AssemblyDefinition.ReadAssembly(LibraryUses.Path);

        Assert.NotEmpty(library.MainModule.AssemblyReferences);
        Complaints.None(library.MainModule.AssemblyReferences
            .Where(reference => !reference.Name.StartsWith("System.", StringComparison.Ordinal))
            .Select(reference => $"Workbook.dll needs {reference.Name}; notebooks load the library alone, so it may need only .NET itself."));
    }

    [Fact]
    public void Each_project_builds_on_the_projects_in_the_table_and_no_others()
    {
        var projects = Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).ToList();

        Assert.Equal(BuildsOn.Keys.Order(StringComparer.Ordinal), projects.Select(Repository.Folder).Order(StringComparer.Ordinal));
        foreach (var project in projects)
            Assert.Equal(BuildsOn[Repository.Folder(project)], Included(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension));
    }

    [Fact]
    public void Nothing_but_notebooks_uses_the_packages_of_the_ecosystem() =>
        Complaints.None(
            from file in Repository.Files
            where file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal)
            from package in Included(file, "PackageReference").Concat(Included(file, "PackageVersion"))
            where EcosystemPackage().IsMatch(package)
            select $"{file} names {package}; it belongs in notebooks, where #r \"nuget: …\" restores it.");

    [Fact]
    public void A_namespace_is_its_folder() =>
        Complaints.None(
            from file in Repository.Under("lib", ".cs")
            let declared = Namespace().Match(Repository.Text(file)).Groups["name"].Value
            where declared.Length > 0 || Repository.Name(file) != "Program.cs"
            let folder = Repository.Folder(file)["lib/".Length..].Replace('/', '.')
            where declared != folder && !IsOfItsSystem(declared, folder)
            select $"{file} declares namespace {declared}; its folder says {folder}.");

    /// <summary>A folder inside a system may be only a shelf: <c>MapReduce/Apps</c> holds types of <c>Workbook.MapReduce</c>.</summary>
    private static bool IsOfItsSystem(string declared, string folder) =>
        declared.Count(letter => letter == '.') >= 1 && folder.StartsWith("Workbook.", StringComparison.Ordinal)
        && folder.StartsWith($"{declared}.", StringComparison.Ordinal) && MayUse.ContainsKey(declared["Workbook.".Length..]);

    private static HashSet<string> Reach(string folder)
    {
        var reached = new HashSet<string>();
        var waiting = new Queue<string>(MayUse[folder]);
        while (waiting.TryDequeue(out var next))
            if (reached.Add(next) && MayUse.TryGetValue(next, out var further))
                foreach (var one in further)
                    waiting.Enqueue(one);
        return reached;
    }

    /// <summary>What a project file names; not a program that is only built before it and started.</summary>
    private static IEnumerable<string> Included(string file, string element) =>
        XDocument.Parse(Repository.Text(file)).Descendants(element)
            .Where(item => (string?)item.Attribute("ReferenceOutputAssembly") != "false")
            .Select(item => (string?)item.Attribute("Include") ?? "");

    [GeneratedRegex(@"^(NBitcoin|Plotly\.NET|XPlot)", RegexOptions.IgnoreCase)]
    private static partial Regex EcosystemPackage();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
