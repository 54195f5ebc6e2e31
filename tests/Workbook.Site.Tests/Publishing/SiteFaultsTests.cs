using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Workbook.Site.Notebooks;
using Workbook.Site.Publishing;
using Workbook.Site.Tests.Running;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Publishing;

/// <summary>Files and folders that are not as they should be: each has its sentence, and nothing that is published is lost.</summary>
public sealed partial class SiteFaultsTests : IDisposable
{
    private readonly SmallRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task Notebooks_with_odd_names_have_pages_that_links_reach()
    {
        string[] names =
            ["a b", "..up", "c#", "100%", "%41", "q\"uote's", "<script>", "a&b", "caf\u00e9", "cafe\u0301", "\u96ea\ud83c\udfb2", "semi;colon?", new string('l', 249)];
        foreach (var name in names)
            _repository.Add(name, (Text($"# Called {Array.IndexOf(names, name)}"), null), (Code("a", "1"), Ran("a")));
        // What only looks like a notebook is none.
        Directory.CreateDirectory(Path.Combine(_repository.Root, "notebooks", "folder.ipynb"));

        var result = await _repository.RenderAsync();

        Assert.Equal($"{names.Length} notebooks, {names.Length} cells, 0 failed", result.Summary);
        var targets = Links().Matches(_repository.ReadSite("index.html"))
            .Select(match => Uri.UnescapeDataString(WebUtility.HtmlDecode(match.Groups[1].Value).Split('#')[0])).ToHashSet(StringComparer.Ordinal);
        Assert.All(names, name => Assert.Contains(name + ".html", targets.Select(target => Path.GetFileName(target))));
        Assert.All(names, name => Assert.Contains($"Called {Array.IndexOf(names, name)}", _repository.ReadSite(name + ".html")));
        Assert.All(names, name => Assert.Contains(name + ".ipynb", Links().Matches(_repository.ReadSite(name + ".html"))
            .Select(match => Uri.UnescapeDataString(WebUtility.HtmlDecode(match.Groups[1].Value)))));
    }

    [Fact]
    public async Task Links_that_lead_nowhere_or_in_circles_are_failures_of_their_own()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Makes symbolic links.");
        _repository.Add("01-one", (Text("# One"), null), (Code("a", "1"), Ran("a")));
        File.CreateSymbolicLink(InNotebooks("02-circle.ipynb"), InNotebooks("02-circle.ipynb"));
        File.CreateSymbolicLink(InNotebooks("03-nowhere.ipynb"), "/no/such/file");
        Directory.CreateSymbolicLink(Path.Combine(_repository.Root, "data", "again"), Path.Combine(_repository.Root, "data"));

        var result = await _repository.RenderAsync();

        Assert.Equal("3 notebooks, 1 cells, 2 failed", result.Summary);
        Assert.Equal($"{InNotebooks("02-circle.ipynb")} can't be read: Too many levels of symbolic links in '{InNotebooks("02-circle.ipynb")}'.", Assert.Single(result.Notebooks[1].Failures));
        Assert.Equal($"{InNotebooks("03-nowhere.ipynb")} is not there.", Assert.Single(result.Notebooks[2].Failures));
        Assert.Contains("is not there.", _repository.ReadSite("03-nowhere.html"));
    }

    [Fact]
    public async Task A_file_with_nothing_in_it_is_a_failure_and_a_pipe_holds_nobody_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Makes a pipe and a symbolic link.");
        _repository.Add("01-one", (Text("# One"), null), (Code("a", "1"), Ran("a")));
        File.WriteAllText(InNotebooks("02-empty.ipynb"), "");
        using (var made = Process.Start("mkfifo", [InNotebooks("03-pipe.ipynb")]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(InNotebooks("04-device.ipynb"), "/dev/zero");

        var result = await _repository.RenderAsync();

        Assert.Equal("4 notebooks, 1 cells, 3 failed", result.Summary);
        Assert.Equal(
            new[] { "02-empty", "03-pipe", "04-device" }.Select(name => $"{InNotebooks(name + ".ipynb")} is empty; write a notebook there, or delete it."),
            result.Notebooks.Skip(1).Select(notebook => Assert.Single(notebook.Failures)));
    }

    [Fact]
    public async Task A_huge_notebook_is_neither_read_nor_published()
    {
        _repository.Add("01-one", (Text("# One"), null), (Code("a", "1"), Ran("a")));
        using (var huge = File.Create(InNotebooks("02-huge.ipynb")))
            huge.SetLength(200L << 20);

        var result = await _repository.RenderAsync();

        Assert.Equal($"{InNotebooks("02-huge.ipynb")} has 200 MiB; clear its outputs, a notebook may have 64 MiB.", Assert.Single(result.Notebooks[1].Failures));
        Assert.False(File.Exists(Path.Combine(_repository.Site, "02-huge.ipynb")));
        Assert.Contains("has 200 MiB", _repository.ReadSite("02-huge.html"));
    }

    [Fact]
    public async Task A_link_to_a_huge_notebook_is_as_large_as_what_it_leads_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Makes a symbolic link.");
        var elsewhere = Path.Combine(_repository.Root, "huge.ipynb");
        using (var huge = File.Create(elsewhere))
            huge.SetLength(200L << 20);
        _repository.Add("01-one", (Text("# One"), null), (Code("a", "1"), Ran("a")));
        File.CreateSymbolicLink(InNotebooks("02-link.ipynb"), elsewhere);

        var result = await _repository.RenderAsync();

        Assert.StartsWith($"{InNotebooks("02-link.ipynb")} has 200 MiB", Assert.Single(result.Notebooks[1].Failures));
    }

    [Fact]
    public async Task Cells_that_delete_the_notebooks_and_the_old_site_do_no_harm_to_the_new_one()
    {
        _repository.Add("01-one", (Text("# One"), null), (Code("a", "1"), Ran("a")));
        await _repository.RenderAsync();
        _repository.Add("02-vandal", (Text("# Vandal"), null), (Code("b", "2"), Ran("b")));
        _repository.Gate = _ =>
        {
            Directory.Delete(Path.Combine(_repository.Root, "notebooks"), recursive: true);
            Directory.Delete(_repository.Site, recursive: true);
            return Task.CompletedTask;
        };

        var result = await _repository.RenderAsync();

        Assert.Equal("2 notebooks, 2 cells, 0 failed", result.Summary);
        Assert.Contains(">One <", _repository.ReadSite("01-one.html"));
        Assert.Contains(">Vandal <", _repository.ReadSite("02-vandal.html"));
        Assert.Equal(2, Directory.GetFiles(_repository.Site, "*.ipynb").Length);
    }

    [Fact]
    public async Task A_notebook_that_is_saved_while_it_is_read_is_run_again()
    {
        _repository.Add("01-one", (Text("# One"), null), (Code("a", "1"), Ran("a")));
        await _repository.RenderAsync();
        _repository.Gate = _ =>
        {
            _repository.Add("01-one", (Text("# Saved again"), null), (Code("a", "1"), Ran("a")));
            return Task.CompletedTask;
        };
        await _repository.RenderAsync(options => options with { IgnoresCache = true });
        _repository.Gate = _ => Task.CompletedTask;

        await _repository.RenderAsync();

        Assert.Equal(3, _repository.Started);
        Assert.Contains(">Saved again <", _repository.ReadSite("01-one.html"));
    }

    [Fact]
    public async Task A_full_disk_leaves_the_old_site()
    {
        var disk = Directory.CreateDirectory(Path.Combine(_repository.Root, "disk")).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk) == 0, "Needs the right to mount a small disk.");
        try
        {
            _repository.Add("01-one", (Text("# One"), null), (Code("a", "1"), Ran("a")));
            Task<RenderResult> RenderAsync() => _repository.RenderAsync(options => options with { Output = Path.Combine(disk, "site") });
            await RenderAsync();
            var before = File.ReadAllText(Path.Combine(disk, "site", "01-one.html"));
            _repository.Add("02-two", (Text("# Two"), null), (Code("b", "2"), Ran("b", new StreamOutput(false, string.Concat(Enumerable.Repeat("much to say\n", 60_000))))));
            using (var ballast = File.Create(Path.Combine(disk, "ballast")))
                FillUp(ballast);

            var error = await Assert.ThrowsAsync<SiteException>(RenderAsync);

            Assert.Matches(@"^The new site could not be written \(.*(No space left on device|disk was full).*\); the old one is kept\.$", error.Message);
            Assert.Equal(before, File.ReadAllText(Path.Combine(disk, "site", "01-one.html")));
            Assert.Equal(["ballast", "site"], Directory.GetFileSystemEntries(disk).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            File.Delete(Path.Combine(disk, "ballast"));
            Assert.Equal(0, (await _repository.RenderAsync(options => options with { Output = Path.Combine(disk, "site"), Only = ["01-one"] })).Failed);
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Fact]
    public async Task Folders_that_may_not_be_written_are_said_to_be_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root" && Run("setpriv", "--version") == 0, "Gives up root's rights, so it needs them.");
        _repository.Write("notebooks/01-one.ipynb", NotebookFile.Format(Notebook("01-one", (Text("# One"), null)).Item1));
        // Others may look into the folder, which temporary ones forbid.
        Run("chmod", "755", _repository.Root);
        using var program = Process.Start(new ProcessStartInfo(
            "setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "Workbook.Cli.dll"), "render"])
        {
            WorkingDirectory = _repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var (exitCode, output, errors) = await CommandLine.EndAsync(program);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Matches(@"^\S+/site cannot be written \(Access to the path .* is denied\); make its folder writable or give another one with --output\.\n$", errors);
    }

    private string InNotebooks(string name) => Path.Combine(_repository.Root, "notebooks", name);

    private static void FillUp(FileStream file)
    {
        try
        {
            // Room for the folders and the first files of a site, not for all of it.
            for (var block = new byte[4096]; new DriveInfo(file.Name).AvailableFreeSpace > 200 << 10;)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Links();
}
