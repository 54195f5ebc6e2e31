using System.Diagnostics;
using Workbook.Site.Notebooks;
using Workbook.Site.Publishing;
using Workbook.Site.Running;
using Workbook.Site.Running.Polyglot;
using Workbook.Site.Tests.Publishing;
using Xunit;

namespace Workbook.Site.Tests.Running.Polyglot;

/// <summary>Notebooks in the kernel of .NET Interactive, played by <see cref="StandIn"/>.</summary>
public sealed class PolyglotTests : IDisposable
{
    private static readonly RunOptions Patient = new() { CellTimeout = TimeSpan.FromMinutes(5) };
    private static readonly RunOptions Impatient = new() { CellTimeout = TimeSpan.FromSeconds(1) };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_cells_print_and_show_is_kept_in_order()
    {
        var run = await RunAsync("//out one\n//show a text/plain two\n//err three\n//out four\n//return five");

        Assert.Equal("one\n[two]three\nfour\n[five]", run.Cells[0].Text());
        Assert.Equal([false, true, false], run.Cells[0].Outputs.OfType<StreamOutput>().Select(text => text.IsError));
        Assert.Equal(["text/plain", "text/html", "text/plain"], run.Cells[0].MimeTypes());
        Assert.Equal([CellOutcome.Succeeded], run.Outcomes());
    }

    [Fact]
    public async Task A_shown_value_changes_where_it_stands_even_from_a_later_cell()
    {
        var run = await RunAsync("//show a text/plain first\n//out below\n//update a text/plain second", "//update a text/plain third\n//update nobody text/plain lost");

        Assert.Equal("[third]below\n", run.Cells[0].Text());
        Assert.Equal("", run.Cells[1].Text());
    }

    [Fact]
    public async Task What_an_earlier_cell_left_running_prints_belongs_to_it() =>
        Assert.Equal(["t1.1 late\n", ""], (await RunAsync("", "//late t1.1 late")).Cells.Select(cell => cell.Text()));

    [Fact]
    public async Task Lines_that_are_no_events_are_text_of_the_cell()
    {
        _folder.Write("stand-in.txt", "greets");
        var run = await RunAsync("//native from native code\n//native {\"not\": \"an event\"}\n//native {broken");

        Assert.Equal("from native code\n{\"not\": \"an event\"}\n{broken\n", run.Cells[0].Text());
    }

    [Fact]
    public async Task A_complaint_of_the_compiler_has_its_place_and_comes_once()
    {
        var run = await RunAsync("//error 9 CS0103 The name 'abc' does not exist in the current context", "//warning never used\n//return 1");

        var error = run.Cells[0].Error();
        Assert.Equal(("CS0103", "The name 'abc' does not exist in the current context"), (error.Name, error.Message));
        Assert.StartsWith("line 1, column 9\n    //error 9 CS0103", error.Trace);
        Assert.EndsWith("\n            ^^^", error.Trace);
        Assert.Equal([CellOutcome.Failed, CellOutcome.Succeeded], run.Outcomes());
        Assert.Equal("[1]", run.Cells[1].Text());
    }

    [Fact]
    public async Task An_exception_is_cut_to_what_a_reader_can_use()
    {
        var stack = "   at Workbook.Raft.Deep()\\n   at Submission#1.<<Initialize>>d__0.MoveNext()\\n   at Microsoft.CodeAnalysis.Scripting.Run()";
        var run = await RunAsync($"//fail System.InvalidOperationException: first line\\nsecond\\n{stack}", "//fail gave up", "//out on");

        Assert.Equal(
            new ErrorOutput("InvalidOperationException", "first line\nsecond", "at Workbook.Raft.Deep()\nat Submission#1.<<Initialize>>d__0.MoveNext()"),
            run.Cells[0].Error());
        Assert.Equal("InvalidOperationException: first line", run.Cells[0].Reason);
        Assert.Equal(new ErrorOutput("Error", "gave up", ""), run.Cells[1].Error());
        Assert.Equal("on\n", run.Cells[2].Text());
    }

    [Theory]
    [InlineData("//exit 3", "The process ended with exit code 3.")]
    [InlineData("//half", "The cell ended the process with Environment.FailFast: half a line.")]
    public async Task A_kernel_that_dies_ends_the_notebook_and_keeps_what_was_shown(string source, string message)
    {
        var run = await RunAsync("//out before", $"//out last words\n{source}", "//out never");

        Assert.Equal([CellOutcome.Succeeded, CellOutcome.Failed, CellOutcome.NotRun], run.Outcomes());
        Assert.Equal("before\n", run.Cells[0].Text());
        Assert.StartsWith("last words\n", run.Cells[1].Text());
        Assert.Equal(message, run.Cells[1].Error().Message);
        Assert.Equal("Not run: cell 2 ended the notebook's process, and with it all values.", run.Cells[2].Reason);
    }

    [Theory]
    [InlineData("//sleep")]
    [InlineData("//forever")]
    public async Task A_cell_that_takes_too_long_is_stopped(string source)
    {
        var run = await StandIn.Run(Sketch.Of(_folder.Path, source, "//out never"), Impatient, null, TestContext.Current.CancellationToken);

        Assert.Equal([CellOutcome.Failed, CellOutcome.NotRun], run.Outcomes());
        Assert.Equal("The cell was stopped: it ran longer than 1 s.", run.Cells[0].Error().Message);
    }

    [Fact]
    public async Task A_kernel_that_holds_too_much_memory_is_stopped()
    {
        var options = Patient with { MemoryLimitBytes = 1 << 20 };
        var run = await StandIn.Run(Sketch.Of(_folder.Path, "//memory 400"), options, null, TestContext.Current.CancellationToken);

        Assert.Equal("The cell was stopped: its process held more than 1 MiB of memory.", run.Cells[0].Error().Message);
    }

    [Fact]
    public async Task A_flood_is_cut_with_a_notice_and_the_next_cell_runs()
    {
        var run = await StandIn.Run(
            Sketch.Of(_folder.Path, "//flood 3000", "//out dry"), Patient with { OutputLimitBytes = 10_000 }, null, TestContext.Current.CancellationToken);

        var outputs = run.Cells[0].Outputs.OfType<StreamOutput>().ToList();
        Assert.InRange(outputs.Sum(output => output.Text.Length), 9_000, 13_000);
        Assert.Contains(outputs, output => output.IsError && output.Text.StartsWith("output cut after ", StringComparison.Ordinal));
        Assert.Equal("dry\n", run.Cells[1].Text());
    }

    [Theory]
    [InlineData(20_000, "1 shown value of 19 KiB left out: one cell may show 1,000 values and 10,000 bytes\n")]
    [InlineData(3_000_000, "a value is not shown: one cell may show 10,000 bytes\n")]
    public async Task A_value_that_is_too_large_is_not_shown_and_told(int size, string notice)
    {
        var run = await StandIn.Run(
            Sketch.Of(_folder.Path, $"//big {size}\n//return small"), Patient with { DisplayLimitBytes = 10_000 }, null, TestContext.Current.CancellationToken);

        Assert.Equal(notice, run.Cells[0].Outputs.OfType<StreamOutput>().Single().Text);
        Assert.EndsWith("[small]", run.Cells[0].Text());
    }

    [Fact]
    public async Task So_many_values_are_shown_and_an_update_is_none()
    {
        var run = await StandIn.Run(
            Sketch.Of(_folder.Path, "//show a text/plain one\n//update a text/plain 1\n//return two\n//return three\n//return four", "//return five"),
            Patient with { DisplayLimit = 2 }, null, TestContext.Current.CancellationToken);

        Assert.Equal(2, run.Cells[0].Outputs.OfType<DisplayOutput>().Count());
        Assert.StartsWith("2 shown values of ", run.Cells[0].Outputs.OfType<StreamOutput>().Single().Text);
        Assert.Single(run.Cells[1].Outputs.OfType<DisplayOutput>());
    }

    [Theory]
    [InlineData("deaf", "The kernel of .NET Interactive did not get ready in 1 s.")]
    [InlineData("dies", "The kernel of .NET Interactive ended before it was ready. stand-in: no such kernel")]
    public async Task A_kernel_that_never_gets_ready_is_told(string start, string message)
    {
        _folder.Write("stand-in.txt", start);
        var options = Patient with { StartTimeout = TimeSpan.FromSeconds(start == "deaf" ? 1 : 60) };

        var error = await Assert.ThrowsAsync<EngineException>(
            () => StandIn.Run(Sketch.Of(_folder.Path, ""), options, null, TestContext.Current.CancellationToken));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public async Task What_a_cell_started_ends_with_the_notebook()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux lets us find it.");
        var run = await RunAsync("//child");

        var id = int.Parse(run.Cells[0].Outputs.OfType<DisplayOutput>().Single().Data["text/plain"]);
        Assert.False(File.Exists($"/proc/{id}/stat") && File.ReadAllText($"/proc/{id}/stat").Split(' ')[2] != "Z");
    }

    [Fact]
    public async Task A_cancelled_run_ends_the_kernel()
    {
        using var stop = new CancellationTokenSource();
        var run = StandIn.Run(Sketch.Of(_folder.Path, "//sleep"), Patient, new Once(stop.Cancel), stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task A_cell_whose_package_cannot_be_had_is_skipped_and_so_is_what_needs_it()
    {
        _ = new TestFeed(_folder);
        var notebook = Sketch.Of(
            _folder.Path, "#r \"nuget: Acme.Nowhere, 1.0.0\"\nvar theirs = 1;\n//out never", "//error 19 CS0103 theirs", "//error 19 CS0103 others", "//out whole");

        var options = Patient with { PackageCacheFolder = Path.Combine(_folder.Path, "cache") };

        var run = await StandIn.Run(notebook, options, null, TestContext.Current.CancellationToken);

        Assert.Equal("Acme.Nowhere 1.0.0 could not be restored: no package source has Acme.Nowhere.", run.Cells[0].Reason);
        Assert.Equal(run.Cells[0].Reason, run.Cells[1].Reason);
        Assert.Equal([CellOutcome.Skipped, CellOutcome.Skipped, CellOutcome.Failed, CellOutcome.Succeeded], run.Outcomes());
    }

    [Fact]
    public async Task A_page_is_the_same_and_its_key_is_not()
    {
        using var repository = new SmallRepository();
        var notebook = Sketch.Of(repository.Root, "//return 42");
        repository.Write("notebooks/01-n.ipynb", NotebookFile.Format(notebook));
        var engine = new NotebookEngine("polyglot stand-in", StandIn.Run);

        var result = await new SiteRenderer(new RenderOptions { Root = repository.Root, Engine = engine }).RenderAsync();
        var again = await new SiteRenderer(new RenderOptions { Root = repository.Root, Engine = engine }).RenderAsync();

        Assert.Equal((0, false, true), (result.Failed, result.Notebooks[0].FromCache, again.Notebooks[0].FromCache));
        Assert.Contains("<b>42</b>", repository.ReadSite("01-n.html"));
        var file = Path.Combine(repository.Root, "notebooks", "01-n.ipynb");
        Assert.NotEqual(new NotebookKeys(repository.Root).Of(file), new NotebookKeys(repository.Root, engine.Key).Of(file));
    }

    [Theory]
    [InlineData("run", "n.ipynb")]
    [InlineData("render", "--no-cache")]
    public async Task Where_the_tool_is_not_installed_one_sentence_says_how_to_install_it(string command, string argument)
    {
        _folder.Write("Workbook.sln", "");
        _folder.Write("n.ipynb", NotebookFile.Format(Sketch.Of(_folder.Path, "1")));
        _folder.Write("notebooks/01-n.ipynb", NotebookFile.Format(Sketch.Of(_folder.Path, "1")));

        var (exitCode, output, errors) = await StartAsync("", command, argument, "--engine", "polyglot");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(
            "The engine polyglot needs .NET Interactive's tool, which is not installed: `dotnet tool install -g Microsoft.dotnet-interactive` installs it.",
            errors.Trim());
    }

    [Fact]
    public async Task The_environment_names_the_tool()
    {
        _folder.Write("n.ipynb", NotebookFile.Format(Sketch.Of(_folder.Path, "//out hello")));

        Assert.Contains("    hello\n", (await StartAsync(StandIn.Program, "run", "n.ipynb", "--engine", "polyglot")).Output);
        Assert.Contains("names nowhere.dll, which is not there", (await StartAsync("nowhere.dll", "run", "n.ipynb", "--engine", "polyglot")).Errors);
    }

    private Task<NotebookRun> RunAsync(params string[] sources) =>
        StandIn.Run(Sketch.Of(_folder.Path, sources), Patient, null, TestContext.Current.CancellationToken);

    private async Task<(int ExitCode, string Output, string Errors)> StartAsync(string tool, params string[] arguments)
    {
        var info = new ProcessStartInfo(DotNet.Path) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "Workbook.Cli.dll"), .. arguments])
            info.ArgumentList.Add(argument);
        info.Environment[InteractiveTool.Variable] = tool;
        // Whoever runs this may have the tool installed.
        (info.Environment["PATH"], info.Environment["HOME"], info.Environment["USERPROFILE"]) = ("", _folder.Path, _folder.Path);
        using var process = Process.Start(info)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), await errors);
    }

    private sealed class Once(Action act) : IProgress<CellProgress>
    {
        public void Report(CellProgress value) => act();
    }
}
