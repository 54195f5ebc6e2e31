using System.Diagnostics;
using Workbook.Site.Notebooks;
using Workbook.Site.Running;
using Xunit;

namespace Workbook.Site.Tests.Running;

/// <summary>Cells that take the process down, or would if they were let: what was printed is kept, and one sentence says what happened.</summary>
public sealed class BrokenCellsTests : IDisposable
{
    private static readonly CellOutcome[] Deadly = [CellOutcome.Succeeded, CellOutcome.Failed, CellOutcome.NotRun];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Environment.Exit(3);", "The cell ended the process with Environment.Exit(3).")]
    [InlineData("Environment.FailFast(\"enough\");", "The cell ended the process with Environment.FailFast: enough.")]
    [InlineData("int Down(int n) => 1 + Down(n + 1);\nDown(0)", "The stack overflowed: Down calls itself without end.")]
    [InlineData("new System.Threading.Thread(() => throw new InvalidOperationException(\"lost\")).Start(); await Task.Delay(-1);",
        "An exception that nobody caught, on a thread that a cell started, ended the process: lost")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); await Task.Delay(-1);",
        "The process was ended by SIGKILL (someone killed it, or the machine ran out of memory).")]
    public async Task A_cell_that_ends_the_process_fails_with_the_reason(string source, string reason)
    {
        var run = await Sketch.RunAsync(_folder.Path, "\"kept\"", "Console.Write(\"said before\");\n" + source, "1");

        Assert.Equal(Deadly, run.Outcomes());
        Assert.Equal("[kept]", run.Cells[0].Text());
        Assert.Equal("said before", Assert.IsType<StreamOutput>(run.Cells[1].Outputs[0]).Text);
        Assert.Equal(2, run.Cells[1].Outputs.Count);
        Assert.Equal(reason, run.Cells[1].Reason);
        Assert.Equal("Not run: cell 2 ended the notebook's process, and with it all values.", run.Cells[2].Reason);
        Assert.Equal(1, run.Failed);
    }

    [Fact]
    public async Task A_cell_that_never_ends_is_stopped_at_its_limit()
    {
        var options = new RunOptions { CellTimeout = TimeSpan.FromSeconds(3) };

        var run = await Sketch.RunAsync(_folder.Path, options, "Console.WriteLine(\"on\"); while (true) { }", "1");

        Assert.Equal([CellOutcome.Failed, CellOutcome.NotRun], run.Outcomes());
        Assert.Equal("on\n!TimeLimit: The cell was stopped: it ran longer than 3 s.!", run.Cells[0].Text());
    }

    [Fact]
    public async Task A_notebook_that_takes_too_long_in_all_is_stopped()
    {
        var options = new RunOptions { NotebookTimeout = TimeSpan.FromSeconds(1.5) };

        var run = await Sketch.RunAsync(_folder.Path, options, "await Task.Delay(-1);", "1");

        Assert.Equal([CellOutcome.Failed, CellOutcome.NotRun], run.Outcomes());
        Assert.Equal("The cell was stopped: the notebook ran longer than 1.5 s.", run.Cells[0].Reason);
    }

    [Fact]
    public async Task A_cell_that_wants_too_much_memory_fails_and_the_next_one_runs()
    {
        var options = new RunOptions { MemoryLimitBytes = 300 << 20 };

        var run = await Sketch.RunAsync(_folder.Path, options, """
            void Hoard()
            {
                var all = new List<byte[]>();
                while (true)
                    all.Add(new byte[1 << 20]);
            }
            Hoard();
            """, "1");

        Assert.Equal([CellOutcome.Failed, CellOutcome.Succeeded], run.Outcomes());
        Assert.Equal("OutOfMemoryException: The cell needs more memory than a notebook may have here. (at Hoard in cell 1, line 5)", run.Cells[0].Reason);
    }

    [Fact]
    public async Task Memory_that_the_collector_does_not_govern_counts_too()
    {
        var options = new RunOptions { MemoryLimitBytes = 300 << 20 };

        var run = await Sketch.RunAsync(_folder.Path, options, "1", """
            while (true)
            {
                var block = System.Runtime.InteropServices.Marshal.AllocHGlobal(1 << 20);
                for (var i = 0; i < 1 << 20; i += 4096) System.Runtime.InteropServices.Marshal.WriteByte(block, i, 1);
                if (Environment.WorkingSet > 600 << 20) System.Threading.Thread.Sleep(10);
            }
            """, "1");

        Assert.Equal(Deadly, run.Outcomes());
        Assert.Equal("The cell was stopped: its process held more than 300 MiB of memory.", run.Cells[1].Reason);
    }

    [Fact]
    public async Task Output_without_measure_is_cut_and_counted()
    {
        var options = new RunOptions { DisplayLimitBytes = 1 << 20 };

        var run = await Sketch.RunAsync(
            _folder.Path, options, "var line = new string('x', 1023);\nfor (var i = 0; i < 100 * 1024; i++) Console.WriteLine(line);\n\"done\"", "\"and on\"",
            "new string('x', 2 << 20)");

        Assert.Equal(0, run.Failed);
        Assert.Equal(1 << 20, Assert.IsType<StreamOutput>(run.Cells[0].Outputs[0]).Text.Length);
        Assert.Equal(new StreamOutput(true, "output cut after 1 MiB; 99 MiB more were dropped\n"), run.Cells[0].Outputs[1]);
        Assert.Equal("[done]", run.Cells[0].Text()[^6..]);
        Assert.Equal("[and on]", run.Cells[1].Text());
        Assert.Equal("1 shown value of 2 MiB left out: one cell may show 1,000 values and 1 MiB\n", run.Cells[2].Text());
    }

    [Fact]
    public async Task What_cells_have_started_ends_with_the_notebook()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Uses the Unix shell.");

        // One child in the process group, one that has left it, one whose parent is gone.
        var run = await Sketch.RunAsync(_folder.Path, """
            using System.Diagnostics;
            Process.Start("sleep", "1000").Id.ToString()
            """, """
            var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "setsid sleep 1001 > /dev/null & echo $!; sh -c 'sleep 1002 > /dev/null & echo $!'"]) { RedirectStandardOutput = true });
            shell.StandardOutput.ReadToEnd()
            """);

        var ids = string.Concat(run.Cells.Select(cell => cell.Text()))
            .Split(['[', ']', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
        Assert.Equal(3, ids.Count);
        Assert.All(ids, id => Assert.False(IsAlive(id), $"process {id} lives on"));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_ends_its_process()
    {
        using var stop = new CancellationTokenSource();
        var file = Path.Combine(_folder.Path, "id");
        var notebook = Sketch.Of(_folder.Path, $"System.IO.File.WriteAllText(\"id\", Environment.ProcessId.ToString());", "while (true) { }");
        var begun = new ActionProgress(news =>
        {
            if (news is { Index: 1, Run: null })
                stop.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NotebookRunner.RunAsync(notebook, new RunOptions(), begun, stop.Token));

        Assert.False(IsAlive(int.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))));
    }

    /// <summary>A dead process may still be listed until its parent has asked for its exit code.</summary>
    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && (!OperatingSystem.IsLinux() || !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    private sealed class ActionProgress(Action<CellProgress> action) : IProgress<CellProgress>
    {
        public void Report(CellProgress value) => action(value);
    }
}
