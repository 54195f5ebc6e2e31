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
            Path.Combine(_folder.Path, "made", $"v{version}", "Acme.Base.dll"),
            $"[assembly: System.Reflection.AssemblyVersion(\"{version}.0.0.0\")] public static class Below {{ public static string Text => \"version {version}\"; }}");
        var feed = new TestFeed(_folder);
        var above = TestLibrary.CompileStrong(
            Path.Combine(_folder.Path, "made", "Acme.User.dll"), "public static class Above { public static string Text => \"above \" + Below.Text; }", Below(1));
        feed.Pack("Acme.Base", "2.0.0", Below(2));
        feed.Pack("Acme.User", "1.0.0", above, ("Acme.Base", "1.0.0"));

        var run = await Sketch.RunAsync(_folder.Path, _options, "#r \"nuget: Acme.User, 1.0.0\"\nAbove.Text", "Below.Text", "Above.Text");

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

    [Fact]
    public async Task A_package_that_holds_no_library_is_skipped_and_spoils_nothing()
    {
        var feed = new TestFeed(_folder);
        feed.AddBroken("Acme.Garbled", "1.0.0");

        var run = await Sketch.RunAsync(_folder.Path, _options, "1", "#r \"nuget: Acme.Garbled, 1.0.0\"\nusing Acme;\nvar one = Garbled.One;", "one + 1", "6 * 7");

        Assert.Equal([CellOutcome.Succeeded, CellOutcome.Skipped, CellOutcome.Skipped, CellOutcome.Succeeded], run.Outcomes());
        Assert.Equal("Acme.Garbled 1.0.0 was restored, but Acme.Garbled.dll in it is not a .NET library that can be loaded.", run.Cells[1].Reason);
    }

    [Fact]
    public async Task A_directive_that_cannot_be_understood_is_the_authors_mistake()
    {
        string[] texts = ["nuget:", "nuget: , 1.0", "nuget: Two Words, 1.0", "nuget: ../up, 1.0", "nuget: Acme, one", "nuget: Acme, 1.0, 2.0", "nuget: Acme, 1.0\\<x>"];

        var run = await Sketch.RunAsync(_folder.Path, _options, [.. texts.Select(text => $"\n#r \"{text}\"\n1"), "2"]);

        Assert.Equal(
            texts.Select(text => $"Directive: “{text}” names no package that can be; write it as #r \"nuget: Name, Version\". (line 2)"),
            run.Cells.Take(texts.Length).Select(cell => cell.Reason));
        Assert.Equal(CellOutcome.Succeeded, run.Cells[^1].Outcome);
    }

    [Theory]
    [InlineData("nuget: Plotly.NET, 5.1.0", "Plotly.NET", "5.1.0")]
    [InlineData("nuget:Acme", "Acme", null)]
    [InlineData("nuget: Acme , 1.*", "Acme", "1.*")]
    [InlineData("nuget: Acme, [1.0, 2.0)", "Acme", "[1.0, 2.0)")]
    [InlineData("nuget: Acme.Beta-Two_3, 1.0.0-beta.23562.1", "Acme.Beta-Two_3", "1.0.0-beta.23562.1")]
    public void A_directive_names_a_package_and_perhaps_a_version(string text, string name, string? version) =>
        Assert.Equal(new PackageDirective(text, name, version), Assert.Single(PackageDirective.In($"1\n  #r \"{text}\"\n2")));

    [Fact]
    public async Task A_restore_that_nobody_waits_for_any_more_is_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");
        // A package source that takes connections and never answers.
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        _folder.Write("NuGet.Config", $"""
            <configuration><packageSources><clear />
            <add key="silent" value="http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}/index.json" allowInsecureConnections="true" />
            </packageSources></configuration>
            """);
        using var stop = new CancellationTokenSource();
        var restore = new PackageRestore(_folder.Path, _options).RestoreAsync(PackageDirective.In("#r \"nuget: Acme.Never, 1.0.0\""), stop.Token);
        (await silent.AcceptSocketAsync(TestContext.Current.CancellationToken)).Dispose();
        using var second = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(Restores());

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restore);

        Assert.Empty(Restores());
    }

    /// <summary>The programs that restore packages for this test's folder.</summary>
    private string[] Restores() => [.. Directory.EnumerateDirectories("/proc").Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit)).Where(folder =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains($"RestoreRootConfigDirectory={_folder.Path}", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    })];

    private async Task<string?> ProblemAsync(RunOptions options, string package)
    {
        var directives = PackageDirective.In($"#r \"nuget: {package}\"");
        var result = await new PackageRestore(_folder.Path, options).RestoreAsync(directives, TestContext.Current.CancellationToken);
        return result.Problem;
    }
}
