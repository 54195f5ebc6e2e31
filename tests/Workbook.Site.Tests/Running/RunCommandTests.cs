using System.Diagnostics;
using System.Text.Json.Nodes;
using Workbook.Site.Notebooks;
using Xunit;

namespace Workbook.Site.Tests.Running;

/// <summary>The program <c>workbook run</c>, started as a reader starts it.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_notebook_whose_cells_succeed_is_printed_and_exits_with_0()
    {
        var file = Write("1 + 1", "Console.WriteLine(\"[red]not markup[/]\");");

        var (exitCode, output, _) = await RunAsync("run", file);

        Assert.Equal(0, exitCode);
        Assert.Matches(@"^✓ 1 \d+\.\d\d s  1 \+ 1\n    2\n✓ 2 \d+\.\d\d s  Console.*\n    \[red\]not markup\[/\]\nodd “name”: 2 cells, 0 failed, \d+\.\d\d s\n$", output);
    }

    [Fact]
    public async Task A_cell_that_fails_makes_the_exit_code_1()
    {
        var file = Write("throw new Exception(\"no\");", "1");

        var (exitCode, output, _) = await RunAsync("run", file, "--json");

        Assert.Equal(1, exitCode);
        var report = JsonNode.Parse(output)!;
        Assert.Equal(1, (int)report["failed"]!);
        Assert.Equal(["failed", "succeeded"], report["cells"]!.AsArray().Select(cell => (string)cell!["outcome"]!));
        Assert.Equal("no", (string)report["cells"]![0]!["outputs"]![0]!["message"]!);
    }

    [Fact]
    public async Task A_file_that_is_no_notebook_is_said_to_be_none()
    {
        var (exitCode, output, error) = await RunAsync("run", _folder.Write("half.ipynb", "{ \"cells\": ["));

        Assert.Equal(2, exitCode);
        Assert.Equal("", output);
        Assert.Equal($"{Path.Combine(_folder.Path, "half.ipynb")} is not JSON: it breaks at line 1, byte 13.\n", error);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public async Task When_the_program_is_interrupted_or_killed_its_notebook_ends_too(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Uses Unix signals.");
        using var program = Start("run", Write("Environment.ProcessId", "while (true) { }"));
        Assert.StartsWith("✓ 1", await program.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        using var host = Process.GetProcessById(int.Parse((await program.StandardOutput.ReadLineAsync())!));

        using var kill = Process.Start("kill", ["-" + signal, program.Id.ToString()]);
        await program.WaitForExitAsync();
        await host.WaitForExitAsync();

        Assert.Equal(exitCode, program.ExitCode);
    }

    private string Write(params string[] sources) => _folder.Write("odd “name”.ipynb", NotebookFile.Format(Sketch.Of(_folder.Path, sources)));

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }

    private static Process Start(params string[] arguments)
    {
        // A shell starts what runs in its background with interrupts ignored, and that is inherited: whoever tests an interrupt must undo it.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var info = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[.. command[1..], "exec", Path.Combine(AppContext.BaseDirectory, "Workbook.Cli.dll"), .. arguments])
            info.ArgumentList.Add(argument);
        return Process.Start(info)!;
    }
}
