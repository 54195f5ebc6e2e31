using System.Text.Json.Nodes;
using Workbook.Site.Tests.Running;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Publishing;

/// <summary>What <c>render</c> tells other programs: its report, its exit code, its refusals.</summary>
public sealed class RenderReportTests : IDisposable
{
    private readonly SmallRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task A_report_tells_of_each_cell_also_when_some_failed_and_when_nothing_had_changed()
    {
        _repository.Add("01-well", (Text("# Well"), null), (Code("sum", "1 + 1"), null));
        _repository.Add("02-ill", (Text("# Ill"), null), (Code("boom", "throw new Exception(\"<no>\\n\\u001b[31mred\");"), null), (Code("exit", "Environment.Exit(0);"), null), (Code("never", "1"), null));
        _repository.Write("notebooks/03-broken.ipynb", "{");

        foreach (var isUnchanged in (bool[])[false, true])
        {
            var (exitCode, _, errors) = await CommandLine.RunAsync(_repository.Root, "render", "--report", "report.json");
            var report = Report();

            Assert.Equal((1, "failed", 1), (exitCode, (string)report["outcome"]!, (int)report["version"]!));
            Assert.Equal(_repository.Site, (string)report["site"]!);
            Assert.Equal(["01-well", "02-ill", "03-broken"], report["notebooks"]!.AsArray().Select(notebook => (string)notebook!["name"]!));
            Assert.Equal((isUnchanged, "succeeded"), ((bool)report["notebooks"]![0]!["fromCache"]!, (string)report["notebooks"]![0]!["cells"]![0]!["outcome"]!));
            Assert.Equal(
                [(1, "boom", "failed"), (2, "exit", "failed"), (3, "never", "notRun")],
                report["notebooks"]![1]!["cells"]!.AsArray().Select(cell => ((int)cell!["number"]!, (string)cell["id"]!, (string)cell["outcome"]!)));
            Assert.All(report["notebooks"]![1]!["cells"]!.AsArray(), cell => Assert.True((double)cell!["seconds"]! >= 0));
            var failures = report["notebooks"]!.AsArray().SelectMany(notebook => notebook!["failures"]!.AsArray().Select(failure => (string)failure!)).ToArray();
            Assert.Equal(
                ["02-ill.ipynb, cell 1: Exception: <no> (at cell 1, line 1)", "02-ill.ipynb, cell 2: The cell ended the process with Environment.Exit(0)."], failures[..2]);
            Assert.Equal(string.Join('\n', failures) + "\n", errors);
            Assert.Equal(
                """{"notebooks":3,"unchanged":N,"cells":4,"succeeded":1,"failed":2,"skipped":0,"notRun":1,"failures":3}""".Replace("N", isUnchanged ? "1" : "0", StringComparison.Ordinal),
                report["totals"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_render_that_was_not_tried_says_so_in_its_report()
    {
        var (exitCode, _, errors) = await CommandLine.RunAsync(_repository.Root, "render", "--report", "report.json");

        Assert.Equal((2, "notTried"), (exitCode, (string)Report()["outcome"]!));
        Assert.Equal(errors.TrimEnd(), (string)Report()["message"]!);
        Assert.Null(Report()["site"]);
    }

    [Theory]
    [InlineData("/dev/full", "No space left on device")]
    [InlineData("no/such/folder/report.json", "Could not find a part of the path")]
    [InlineData("notebooks", "which is no file")]
    [InlineData("", "which is no file")]
    public async Task A_report_that_cannot_be_written_is_refused_before_anything_is_run(string file, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Writes to a device of Unix.");
        _repository.Add("01-well", (Text("# Well"), null));

        var (exitCode, output, errors) = await CommandLine.RunAsync(_repository.Root, "render", "--report", file);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Matches($@"^The report .*{reason}.*--report\.\n$", errors);
        Assert.False(Directory.Exists(_repository.Site));
    }

    [Theory]
    [InlineData("render", "--jobs", "0", "--jobs takes a whole number from 1 to 256, not '0'.")]
    [InlineData("render", "--jobs", "many", "--jobs takes a whole number from 1 to 256, not 'many'.")]
    [InlineData("render", "--timeout", "-1", "--timeout takes a length of time above 0 and at most a day, such as 90, 90s or 2m, not '-1'.")]
    [InlineData("render", "--notebook-timeout", "1e9", "--notebook-timeout takes a length of time above 0 and at most a day, such as 90, 90s or 2m, not '1e9'.")]
    [InlineData("run", "--timeout", "soon", "--timeout takes a length of time above 0 and at most a day, such as 90, 90s or 2m, not 'soon'.")]
    [InlineData("run", "--memory", "64M", "--memory takes an amount of memory from 128M to 1T, such as 512M or 2G, not '64M'.")]
    [InlineData("render", "--memory", "lots", "--memory takes an amount of memory from 128M to 1T, such as 512M or 2G, not 'lots'.")]
    [InlineData("render", "--no-such-option", "x", "Unrecognized command or argument '--no-such-option'.")]
    public async Task A_bad_value_gets_one_sentence(string command, string option, string value, string sentence)
    {
        string[] arguments = command == "run" ? ["run", "file.ipynb", option, value] : [command, option, value];

        var (exitCode, output, errors) = await CommandLine.RunAsync(_repository.Root, arguments);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal($"{sentence} `workbook {command} --help` tells what can be said.\n", errors);
    }

    [Fact]
    public async Task Limits_given_on_the_command_line_hold()
    {
        _repository.Add("01-slow", (Code("slow", "await Task.Delay(-1);"), null));
        _repository.Add("02-large", (Code("large", "var all = new List<byte[]>(); while (true) all.Add(new byte[1 << 20]);"), null));

        var (exitCode, output, errors) = await CommandLine.RunAsync(_repository.Root, "render", "--notebook-timeout", "1500ms", "--memory", "256M", "--timeout", "50s");

        Assert.Equal(1, exitCode);
        Assert.Contains("01-slow.ipynb, cell 1: The cell was stopped: the notebook ran longer than 1.5 s.\n", errors, StringComparison.Ordinal);
        Assert.Contains("02-large.ipynb, cell 1: ", errors, StringComparison.Ordinal);
        Assert.EndsWith("2 notebooks, 2 cells, 2 failed\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_cut_is_said_in_the_page_and_on_the_terminal_and_nothing_breaks_out_of_its_element()
    {
        const string hostile = "</script><script>alert(1)</script>]]><!--<img src=x onerror=alert(1)>\u001b[31mred\u001b]0;title\u0007\u0001\u202e";
        var source = $"Console.Write({System.Text.Json.JsonSerializer.Serialize(hostile)});";
        var file = _repository.Add("01-loud", (Text("# Loud"), null), (Code("hostile", source), null),
            (Code("loud", "for (var i = 0; i < 20_000; i++) Console.WriteLine(new string('x', 99));"), null), (Code("shown", "for (var i = 0; i < 1003; i++) display(\"v\");"), null));

        var (exitCode, _, errors) = await CommandLine.RunAsync(_repository.Root, "render");
        var page = _repository.ReadSite("01-loud.html");
        var (_, transcript, _) = await CommandLine.RunAsync(_repository.Root, "run", file);

        Assert.Equal((0, ""), (exitCode, errors));
        string[] notices = ["output cut after 1 MiB; 929 KiB more were dropped", "3 shown values of 3 bytes left out: one cell may show 1,000 values and 64 MiB"];
        Assert.All(notices, notice => Assert.Contains(notice, page, StringComparison.Ordinal));
        Assert.All(notices, notice => Assert.Contains(notice, transcript, StringComparison.Ordinal));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain(page, letter => letter is '\u001b' or '\u0007' or '\u0001');
    }

    private JsonNode Report() => JsonNode.Parse(File.ReadAllText(Path.Combine(_repository.Root, "report.json")))!;
}
