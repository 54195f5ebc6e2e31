using System.Diagnostics;
using Workbook.Site.Notebooks;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Publishing;

/// <summary>The program itself, as a reader starts it: real notebooks, real processes, real exit codes.</summary>
public sealed class RenderCommandTests : IDisposable
{
    private readonly SmallRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task Cells_run_and_their_values_are_on_the_page()
    {
        _repository.Add("01-real", (Text("# Real"), null), (Code("sum", "Enumerable.Range(1, 100).Sum()"), null), (Code("hello", "Console.Write(\"<b>hello</b>\")"), null));

        var (exitCode, lines, errors) = await RunAsync("render");

        Assert.Equal("", errors);
        Assert.Equal((0, "1 notebooks, 2 cells, 0 failed"), (exitCode, lines[^1]));
        Assert.Contains("5050", _repository.ReadSite("01-real.html"));
        Assert.Contains("&lt;b&gt;hello&lt;/b&gt;", _repository.ReadSite("01-real.html"));
        Assert.StartsWith("[1/1] 01-real  2 cells, ", lines[0]);
    }

    [Fact]
    public async Task A_cell_that_throws_is_named_and_ends_with_exit_code_1()
    {
        _repository.Add("01-real", (Text("# Real"), null), (Code("boom", "throw new InvalidOperationException(\"<script>no\");"), null), (Code("after", "6 * 7"), null));

        var (exitCode, lines, errors) = await RunAsync("render");

        Assert.Equal((1, "1 notebooks, 2 cells, 1 failed"), (exitCode, lines[^1]));
        Assert.StartsWith("01-real.ipynb, cell 1: InvalidOperationException: <script>no", errors);
        Assert.Contains("&lt;script&gt;no", _repository.ReadSite("01-real.html"));
    }

    [Fact]
    public async Task What_cannot_be_tried_ends_with_one_sentence_and_exit_code_2()
    {
        _repository.Write("notebooks/01-one.ipynb", NotebookFile.Format(Notebook("01-one").Item1));

        var (exitCode, lines, errors) = await RunAsync("render", "--output", "notebooks");

        Assert.Equal(2, exitCode);
        Assert.Empty(lines);
        Assert.Equal($"{Path.Combine(_repository.Root, "notebooks")} holds files that are not a workbook site and would be lost; give --output an empty or a new folder.", errors);
    }

    private async Task<(int ExitCode, string[] Lines, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            WorkingDirectory = _repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Workbook.Cli.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync();
        var errors = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        return (program.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), (await errors).Trim());
    }
}
