using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Workbook.Tests.House;

/// <summary>
/// The determinism fence stands: an analyzer refuses wall clock, threads and process-dependent hashes in lib/Workbook, in every
/// build, everywhere except in the places listed here.
/// </summary>
public sealed partial class FenceTests
{
    private const string Project = "lib/Workbook/Workbook.csproj";
    private const string Bans = "lib/Workbook/BannedSymbols.txt";
    private const string Rule = "RS0030";

    /// <summary>
    /// Sections of .editorconfig in which the fence is down: what runs for real, what spreads whole runs, searches or nonces over the cores, what gives up on
    /// servers that loop, what looks up a line of the source for a picture, and what puts pictures into a file.
    /// </summary>
    private static readonly string[] Exempt =
    [
        "lib/Workbook/{Live,MapReduce/Real,Spark/Real}/**.cs",
        "lib/Workbook/{Bitcoin/Mining/MiningRun,Check/Explore,Check/Linearizable/SearchClock,Draw/GalleryPage,Labs/LabRunner,Parts/SourceLines}.cs",
    ];

    [Fact]
    public void The_analyzer_reads_the_bans_and_a_warning_is_an_error()
    {
        var project = XDocument.Parse(Repository.Text(Project));
        Assert.Contains(project.Descendants("PackageReference"), item => (string?)item.Attribute("Include") == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains(project.Descendants("AdditionalFiles"), item => (string?)item.Attribute("Include") == "BannedSymbols.txt");

        var everywhere = XDocument.Parse(Repository.Text("Directory.Build.props"));
        Assert.Equal("true", everywhere.Descendants("TreatWarningsAsErrors").Single().Value);
    }

    [Fact]
    public void The_fence_is_down_only_in_the_places_that_work_for_real()
    {
        var section = "";
        var down = new List<string>();
        foreach (var (_, line) in Repository.Lines(".editorconfig"))
        {
            if (line.StartsWith('['))
                section = line.Trim('[', ']');
            else if (line.Contains(Rule, StringComparison.Ordinal))
                down.Add(section);
        }
        Assert.Equal(Exempt, down);
    }

    [Fact]
    public void No_source_and_no_project_lifts_the_fence_for_itself() =>
        Complaints.None(
            from file in Repository.Files
            where file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal)
                || (file.StartsWith("lib/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            from line in Repository.Lines(file)
            where line.Text.Contains(Rule, StringComparison.Ordinal)
            select $"{file}({line.Number}) turns {Rule} off; the places where the library works for real are listed in .editorconfig.");

    [Fact]
    public void Every_ban_names_something_that_exists_and_what_to_use_instead()
    {
        var lines = Repository.Lines(Bans).Where(line => line.Text.Length > 0).ToList();

        Assert.NotEmpty(lines);
        Complaints.None(lines.Where(line => Ban().Match(line.Text) is not { Success: true } ban || !Exists(ban))
            .Select(line => $"{Bans}({line.Number}) bans nothing, or does not say what to use instead: {line.Text}"));
    }

    private static bool Exists(Match ban)
    {
        var name = ban.Groups["name"].Value;
        if (ban.Groups["kind"].Value == "T")
            return Find(name) is not null;
        var dot = name.LastIndexOf('.');
        var member = name[(dot + 1)..].Replace("#ctor", ".ctor", StringComparison.Ordinal).Split('`')[0];
        return Find(name[..dot])?.GetMember(member, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Length > 0;
    }

    /// <summary>A type of .NET: <c>netstandard.dll</c> forwards what it has to where it lives, and newer types live in the core.</summary>
    private static Type? Find(string name) => typeof(object).Assembly.GetType(name) ?? Type.GetType($"{name}, netstandard");

    [GeneratedRegex(@"^(?<kind>[TPMF]):(?<name>[\w.#`]+)(\([^;]*\))?;.{10,}$")]
    private static partial Regex Ban();
}
