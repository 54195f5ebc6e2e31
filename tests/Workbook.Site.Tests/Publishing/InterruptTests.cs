using System.Text.RegularExpressions;
using Workbook.Site.Tests.Running;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Publishing;

/// <summary>A render that is stopped, at whatever moment: the site is whole, the old one or the new one, and nothing runs on.</summary>
public sealed partial class InterruptTests : IDisposable
{
    private static readonly string[] Names = ["01-one", "02-two", "03-three"];
    private readonly SmallRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task At_any_moment_the_site_is_whole_and_nothing_runs_on(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Uses Unix signals and looks into /proc.");
        Write(version: 0);
        Assert.Equal(0, (await CommandLine.RunAsync(_repository.Root, "render")).ExitCode);
        // From the start of the program to about its end; where exactly a signal arrives is chance, what must hold is not.
        foreach (var (version, wait) in ((int, int)[])[(1, 60), (2, 250), (3, 500), (4, 900), (5, 1400)])
        {
            Write(version);
            var mark = Guid.NewGuid().ToString();
            using var program = CommandLine.Start(_repository.Root, mark, "render", "--report", "report.json");
            var end = CommandLine.EndAsync(program);
            await Task.WhenAny(end, Task.Delay(wait, TestContext.Current.CancellationToken));
            CommandLine.Signal(program, signal);
            var (exitCode, _, errors) = await end;

            Assert.Contains(exitCode, signal switch { "INT" => [130, 0], "TERM" => [130, 143, 0], _ => (int[])[137, 0] });
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
            Assert.Empty(await CommandLine.LeftAsync(mark));
            AssertWhole(upTo: version);
            if (signal != "KILL" && exitCode != 0)
                Assert.Empty(Directory.GetFileSystemEntries(_repository.Root, ".site.*"));
        }

        // Whatever was left lying about, the next render puts it right.
        Write(version: 6);
        Assert.Equal(0, (await CommandLine.RunAsync(_repository.Root, "render")).ExitCode);
        Assert.Equal([6, 6, 6], AssertWhole(upTo: 6));
        Assert.Empty(Directory.GetFileSystemEntries(_repository.Root, ".site.*"));
    }

    [Fact]
    public async Task What_a_cell_has_started_and_cut_loose_ends_when_the_program_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Uses Unix signals and looks into /proc.");
        _repository.Add("01-loose", (Code("loose", """
            var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
                "sh", ["-c", "setsid sh -c 'sleep 1006 > /dev/null & echo $!'"]) { RedirectStandardOutput = true });
            shell.StandardOutput.ReadToEnd();
            System.IO.File.WriteAllText("../begun", "");
            while (true) { }
            """), null));
        var mark = Guid.NewGuid().ToString();
        using var program = CommandLine.Start(_repository.Root, mark, "render");
        while (!File.Exists(Path.Combine(_repository.Root, "begun")))
        {
            Assert.False(program.HasExited);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        CommandLine.Signal(program, "KILL");
        await CommandLine.EndAsync(program);

        Assert.Empty(await CommandLine.LeftAsync(mark));
    }

    [Fact]
    public async Task An_interrupted_render_says_so_in_its_report()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Uses Unix signals.");
        _repository.Add("01-one", (Code("one", "1"), null));
        _repository.Add("02-long", (Code("long", "System.IO.File.WriteAllText(\"../begun\", \"\");\nwhile (true) { }"), null));
        using var program = CommandLine.Start(_repository.Root, "", "render", "--jobs", "2", "--report", "report.json");
        Assert.StartsWith("[1/2] 01-one  1 cells, ", await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Contains("\"outcome\": \"unfinished\"", Report(), StringComparison.Ordinal);
        while (!File.Exists(Path.Combine(_repository.Root, "begun")))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        CommandLine.Signal(program, "INT");
        var (exitCode, _, errors) = await CommandLine.EndAsync(program);

        Assert.Equal((130, "Interrupted; the site is as it was.\n"), (exitCode, errors));
        Assert.Contains("\"outcome\": \"interrupted\"", Report(), StringComparison.Ordinal);
        Assert.Contains("\"name\": \"01-one\"", Report(), StringComparison.Ordinal);
    }

    private string Report() => File.ReadAllText(Path.Combine(_repository.Root, "report.json"));

    private void Write(int version)
    {
        foreach (var name in Names)
            _repository.Add(name, (Text($"# {name}"), null), (Code("a", $"\"version {version} of {name}\""), null));
    }

    /// <summary>All pages and notebooks are there, to their ends, and all of one version.</summary>
    private int[] AssertWhole(int upTo)
    {
        Assert.EndsWith("</html>", _repository.ReadSite("index.html").TrimEnd(), StringComparison.Ordinal);
        var versions = Names.Select(name =>
        {
            var page = _repository.ReadSite(name + ".html");
            Assert.EndsWith("</html>", page.TrimEnd(), StringComparison.Ordinal);
            var version = Version().Match(page).Groups[1].Value;
            Assert.Contains($"version {version} of {name}", _repository.ReadSite(name + ".ipynb"), StringComparison.Ordinal);
            return int.Parse(version);
        }).ToArray();
        Assert.Single(versions.Distinct());
        Assert.InRange(versions[0], 0, upTo);
        return versions;
    }

    [GeneratedRegex(@"version (\d+) of")]
    private static partial Regex Version();
}
