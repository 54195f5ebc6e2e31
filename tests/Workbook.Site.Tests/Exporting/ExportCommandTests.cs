using System.Diagnostics;
using Workbook.Site.Notebooks;
using Workbook.Site.Tests.Running;
using Xunit;

namespace Workbook.Site.Tests.Exporting;

/// <summary>The program <c>workbook export</c>, and once the program that it writes, run as a reader runs it.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _notebook;

    public ExportCommandTests() => _notebook = Write("n", "Console.WriteLine(\"it runs\");", "Workbook.Draw.Gallery.Html(\"<p>a picture</p>\")");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Dotnet_runs_what_is_written()
    {
        var (exitCode, output, errors) = await ExportAsync(_notebook, "-o", _folder.Path);
        Assert.Equal((0, "dotnet run n.cs\n", ""), (exitCode, output, errors));

        using var run = Start("dotnet", "run", "n.cs", "--", "--no-browser");
        var (said, complaints) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync();

        var lines = (await said).ReplaceLineEndings("\n");
        Assert.True(run.ExitCode == 0, lines + await complaints);
        Assert.StartsWith("it runs\n(HTML, on the page)\n1 picture: ", lines);
        var page = lines.Split('\n')[2]["1 picture: ".Length..^" (open it in a browser)".Length];
        Assert.Contains("<p>a picture</p>", File.ReadAllText(page));
        Directory.Delete(Path.GetDirectoryName(page)!, recursive: true);
    }

    [Fact]
    public async Task A_file_that_is_there_already_is_kept_unless_force_is_given()
    {
        var target = _folder.Write("n.cs", "// my own");

        var refused = await ExportAsync(_notebook);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("n.cs is there already and is not what would be written; give another name with --output, or --force to write over it.", refused.Errors);
        Assert.Equal("// my own", File.ReadAllText(target));

        Assert.Equal(0, (await ExportAsync(_notebook, "--force")).ExitCode);
        Assert.Equal(0, (await ExportAsync(_notebook)).ExitCode);
    }

    [Theory]
    [InlineData("nowhere.ipynb", "is not there.")]
    [InlineData("broken.ipynb", "is not JSON")]
    [InlineData("python.ipynb", "only C#")]
    public async Task A_notebook_that_cannot_be_read_is_told_in_one_sentence(string name, string sentence)
    {
        _folder.Write("broken.ipynb", "{");
        _folder.Write("python.ipynb", File.ReadAllText(_notebook).Replace("\".net-csharp\"", "\"python3\"", StringComparison.Ordinal));

        var (exitCode, output, errors) = await ExportAsync(name);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(sentence, Assert.Single(errors.Trim().Split('\n')));
    }

    [Fact]
    public async Task A_program_must_end_in_cs() =>
        Assert.Contains("does not end in .cs", (await ExportAsync(_notebook, "-o", Path.Combine(_folder.Path, "n.txt"))).Errors);

    private string Write(string name, params string[] sources)
    {
        var cells = Sketch.Of(_folder.Path, [$"#r \"{Exports.Library}\"\nusing System.IO;", .. sources]);
        return _folder.Write($"{name}.ipynb", NotebookFile.Format(cells));
    }

    private async Task<(int ExitCode, string Output, string Errors)> ExportAsync(params string[] arguments)
    {
        using var process = Start("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Workbook.Cli.dll"), "export", .. arguments]);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), (await errors).ReplaceLineEndings("\n"));
    }

    private Process Start(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        return Process.Start(info)!;
    }
}
