using Workbook.Site.Notebooks;
using Workbook.Site.Running;
using Workbook.Site.Running.Packages;
using Xunit;

namespace Workbook.Site.Tests.Running;

/// <summary>Packages are restored where they can be; where not, the cells that need them are skipped, and no others.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunOptions _options;

    public PackageTests() => _options = new RunOptions { PackageCacheFolder = Path.Combine(_folder.Path, "cache") };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_package_is_restored_with_what_it_depends_on()
    {
        var feed = new TestFeed(_folder);
        feed.Add("Acme.Below", "1.0.0", "namespace Acme { public static class Below { public static string Text => \"below\"; } }");
        feed.Add("Acme.Above", "2.1.0", "namespace Acme { public static class Above { public static string Text => \"above \" + Below.Text; } }", ("Acme.Below", "1.0.0"));
        string[] sources = ["#r \"nuget: Acme.Above, 2.1.0\"\nusing Acme;\nAbove.Text", "#r \"nuget:Acme.Below\"\nBelow.Text", "Above.Text"];

        var run = await Sketch.RunAsync(_folder.Path, _options, sources);

        Assert.Equal(["[above below]", "[below]", "[above below]"], run.Cells.Select(cell => cell.Text()));
        // Once known, no source is asked again.
        Directory.Delete(Path.Combine(_folder.Path, "feed"), recursive: true);
        var again = await Sketch.RunAsync(_folder.Path, _options, sources[0]);
        Assert.Equal("[above below]", again.Cells[0].Text());
    }

    [Fact]
    public async Task A_package_takes_the_newer_version_of_what_it_was_built_against_strong_names_too()
    {
        string Below(int version) => TestLibrary.CompileStrong(
            Path.Combine(_folder.Path, "made", $"v{version}", "Acme.Below.dll"),
            $"[assembly: System.Reflection.AssemblyVersion(\"{version}.0.0.0\")] public static class Below {{ public static string Text => \"version {version}\"; }}");
        var feed = new TestFeed(_folder);
        var above = TestLibrary.CompileStrong(
            Path.Combine(_folder.Path, "made", "Acme.Above.dll"), "public static class Above { public static string Text => \"above \" + Below.Text; }", Below(1));
        feed.AddLibrary("Acme.Below", "2.0.0", Below(2));
        feed.AddLibrary("Acme.Above", "1.0.0", above, ("Acme.Below", "1.0.0"));

        var run = await Sketch.RunAsync(_folder.Path, _options, "#r \"nuget: Acme.Above, 1.0.0\"\nAbove.Text", "Below.Text", "Above.Text");

        Assert.Equal(["[above version 2]", "[version 2]", "[above version 2]"], run.Cells.Select(cell => cell.Text()));
    }

    [Fact]
    public async Task Cells_that_need_a_package_that_cannot_be_had_are_skipped_and_no_others()
    {
        var feed = new TestFeed(_folder);
        feed.Add("Acme.Known", "1.0.0", "public static class Known { public static string Text => \"known\"; }");
        var cells = new (string Source, CellOutcome Outcome, string[] Tags)[]
        {
            ("var mine = 1;", CellOutcome.Succeeded, []),
            ("#r \"nuget: Acme.Missing, 1.0.0\"\nusing Acme;\nvar theirs = new Widget();", CellOutcome.Skipped, []),
            ("#r \"nuget: Acme.Known, 9.0.0\"\nvar known = Known.Text;", CellOutcome.Skipped, []),
            ("theirs.ToString()", CellOutcome.Skipped, []),
            ("Widget other = null;", CellOutcome.Skipped, []),
            ("other", CellOutcome.Skipped, []),
            ("mine.ToWidget()", CellOutcome.Skipped, ["ecosystem"]),
            ("mine.ToWidget()", CellOutcome.Failed, []),
            ("mistyped + 1", CellOutcome.Failed, []),
            ("int mine = \"text\";", CellOutcome.Failed, []),
            ("mine", CellOutcome.Succeeded, []),
        };
        var notebook = new Notebook(Path.Combine(_folder.Path, "n.ipynb"), [.. cells.Select((cell, i) => new Cell($"c{i}", CellKind.Code, cell.Source, cell.Tags))]);

        var run = await NotebookRunner.RunAsync(notebook, _options, null, TestContext.Current.CancellationToken);

        Assert.Equal(cells.Select(cell => cell.Outcome), run.Outcomes());
        Assert.Equal("Acme.Missing 1.0.0 could not be restored: no package source has Acme.Missing.", run.Cells[1].Reason);
        Assert.Equal("Acme.Known 9.0.0 could not be restored: no package source has that version of Acme.Known.", run.Cells[2].Reason);
        Assert.Equal(run.Cells[1].Reason, run.Cells[3].Reason);
        Assert.All(run.Cells.Where(cell => cell.Outcome == CellOutcome.Skipped), cell => Assert.Empty(cell.Outputs));
    }

    [Fact]
    public async Task A_source_that_cannot_be_reached_is_said_to_be_so()
    {
        // Port 9 of this machine: nobody listens there.
        _folder.Write("NuGet.Config", """
            <configuration><packageSources><clear /><add key="gone" value="http://127.0.0.1:9/index.json" allowInsecureConnections="true" /></packageSources></configuration>
            """);

        Assert.Equal("Acme.Far 1.0.0 could not be restored: a package source can't be reached.", await ProblemAsync(_options, "Acme.Far, 1.0.0"));
    }

    [Fact]
    public async Task A_restore_that_takes_too_long_is_given_up()
    {
        var options = _options with { RestoreTimeout = TimeSpan.FromMilliseconds(1) };

        Assert.Equal("Acme.Slow could not be restored: it took longer than 0.001 s.", await ProblemAsync(options, "Acme.Slow"));
    }

    private async Task<string?> ProblemAsync(RunOptions options, string package)
    {
        var directives = PackageDirective.In($"#r \"nuget: {package}\"");
        var result = await new PackageRestore(_folder.Path, options).RestoreAsync(directives, TestContext.Current.CancellationToken);
        return result.Problem;
    }
}
