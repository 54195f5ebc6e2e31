using System.Diagnostics;
using Workbook.Site.Notebooks;
using Workbook.Site.Running;
using Xunit;

namespace Workbook.Site.Tests.Running;

/// <summary>Cells that crash, flood, fork and hoard outside what .NET governs.</summary>
public sealed class HostileCellsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Environment.Exit(0);", "The cell ended the process with Environment.Exit(0).")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern void _exit(int code);\n_exit(0);", "The process ended with exit code 0.")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern void abort();\nabort();", "The process was ended by SIGABRT (it gave itself up).")]
    [InlineData("System.Runtime.InteropServices.Marshal.WriteInt64((nint)0x7000_0000_0000, 1);", "The runtime crashed: Fatal error.")]
    public async Task A_crash_is_a_failure_even_when_the_exit_code_says_all_is_well(string source, string reason)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Calls the C library.");

        var run = await Sketch.RunAsync(_folder.Path, "Console.Write(\"kept\");\n" + source, "1");

        Assert.Equal([CellOutcome.Failed, CellOutcome.NotRun], run.Outcomes());
        Assert.Equal("kept", Assert.IsType<StreamOutput>(run.Cells[0].Outputs[0]).Text);
        Assert.Equal(reason, run.Cells[0].Reason);
    }

    [Fact]
    public async Task A_null_pointer_is_an_exception_like_others()
    {
        var run = await Sketch.RunAsync(_folder.Path, "System.Runtime.InteropServices.Marshal.ReadByte(0)", "1");

        Assert.Equal([CellOutcome.Failed, CellOutcome.Succeeded], run.Outcomes());
        Assert.StartsWith("AccessViolationException: ", run.Cells[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_without_lines_is_cut_too_wherever_it_comes_from()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Uses the Unix shell.");

        var run = await Sketch.RunAsync(
            _folder.Path,
            "var block = new string('x', 1 << 16);\nfor (var i = 0; i < 100 << 4; i++) Console.Error.Write(block);",
            "System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"head -c 20000000 /dev/zero | tr '\\\\0' 'y'\"]).WaitForExit();",
            "Console.Write(\"on\")");

        Assert.Equal(0, run.Failed);
        var text = Assert.IsType<StreamOutput>(run.Cells[0].Outputs[0]);
        Assert.Equal((true, 1 << 20), (text.IsError, text.Text.Length));
        Assert.Equal(new StreamOutput(true, "output cut after 1 MiB; 99 MiB more were dropped\n"), run.Cells[0].Outputs[1]);
        Assert.InRange(Assert.IsType<StreamOutput>(run.Cells[1].Outputs[0]).Text.Length, 1, (1 << 20) + 1024);
        Assert.StartsWith("output cut after 1 MiB; ", Assert.IsType<StreamOutput>(run.Cells[1].Outputs[1]).Text, StringComparison.Ordinal);
        Assert.Equal("on", run.Cells[2].Text());
    }

    [Fact]
    public async Task Values_without_number_are_cut_and_counted()
    {
        var options = new RunOptions { DisplayLimit = 10 };

        var run = await Sketch.RunAsync(_folder.Path, options, "for (var i = 0; i < 500; i++) display(\"v\");\nConsole.WriteLine(\"after\");\n\"last\"", "\"next\"");

        Assert.Equal(
            string.Concat(Enumerable.Repeat("[v]", 10)) + "491 shown values of 494 bytes left out: one cell may show 10 values and 64 MiB\nafter\n", run.Cells[0].Text());
        Assert.Equal("[next]", run.Cells[1].Text());
    }

    [Fact]
    public async Task Text_that_no_encoding_can_hold_comes_through_mended()
    {
        var run = await Sketch.RunAsync(
            _folder.Path, "Console.Write(\"a\\ud800b\\0c\\u001b[31md\");", "\"x\\udc00y\"", "throw new Exception(\"lone \\ud83d half\");", "1");

        Assert.Equal([CellOutcome.Succeeded, CellOutcome.Succeeded, CellOutcome.Failed, CellOutcome.Succeeded], run.Outcomes());
        Assert.Equal("a\uFFFDb\0c\u001b[31md", run.Cells[0].Text());
        Assert.Equal("[x\uFFFDy]", run.Cells[1].Text());
        Assert.Equal("lone \uFFFD half", run.Cells[2].Error().Message);
    }

    [Fact]
    public async Task A_program_that_cut_itself_loose_and_forgot_where_it_came_from_ends_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");

        // Its parent is gone, its session and its environment are its own: only that it descends from the notebook's process can tell.
        var run = await Sketch.RunAsync(_folder.Path, """
            var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
                "sh", ["-c", "env -i setsid sh -c 'sleep 1003 > /dev/null & echo $!'"]) { RedirectStandardOutput = true });
            shell.StandardOutput.ReadToEnd()
            """);

        var id = int.Parse(run.Cells[0].Text().Trim('[', ']', '\n'));
        Assert.False(IsAlive(id), $"process {id} lives on");
    }

    [Fact]
    public async Task A_cell_that_starts_programs_without_end_is_stopped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");
        var options = new RunOptions { ProgramLimit = 20 };

        // A small fork bomb: each shell starts two, down to 64 sleepers.
        _folder.Write("bomb.sh", "if [ $1 -gt 0 ]; then sh bomb.sh $(($1 - 1)) & sh bomb.sh $(($1 - 1)) & wait; else exec sleep 1004; fi\n");
        var run = await Sketch.RunAsync(_folder.Path, options, "System.Diagnostics.Process.Start(\"sh\", [\"bomb.sh\", \"6\"]).WaitForExit();", "1");

        Assert.Equal([CellOutcome.Failed, CellOutcome.NotRun], run.Outcomes());
        Assert.Equal("The cell was stopped: more than 20 programs that it started were running.", run.Cells[0].Reason);
        Assert.DoesNotContain(Process.GetProcesses(), process => CommandLineOf(process.Id).Contains("sleep 1004", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_memory_of_programs_that_a_cell_starts_counts_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");
        var options = new RunOptions { MemoryLimitBytes = 256 << 20 };

        // A shell that keeps what it reads: 600 MB in one variable.
        var run = await Sketch.RunAsync(
            _folder.Path, options, "System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"x=$(head -c 600000000 /dev/zero | tr '\\\\0' x); sleep 1005\"]).WaitForExit();", "1");

        Assert.Equal("The cell was stopped: its process and the programs that it started held more than 256 MiB of memory.", run.Cells[0].Reason);
        Assert.Equal(CellOutcome.NotRun, run.Cells[1].Outcome);
    }

    [Fact]
    public async Task A_mark_is_found_wherever_a_long_line_is_cut()
    {
        const string mark = "workbook-0123456789abcde";
        for (var before = (8 << 10) - mark.Length - 2; before <= (8 << 10) + 1; before++)
        {
            var printed = 0;
            using var reader = new StreamReader(new MemoryStream([.. Enumerable.Repeat((byte)'x', before), .. System.Text.Encoding.ASCII.GetBytes(mark + "\n")]));
            var output = new NativeOutput(reader, mark, text =>
            {
                Assert.DoesNotContain("w", text, StringComparison.Ordinal);
                printed += text.Length;
            });
            await output.Ended;

            Assert.Equal(before, printed);
            var reached = output.ReachMarkAsync(TimeSpan.Zero);
            Assert.True(reached.IsCompletedSuccessfully);
        }
    }

    private static bool IsAlive(int id) => File.Exists($"/proc/{id}/stat") && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static string CommandLineOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
