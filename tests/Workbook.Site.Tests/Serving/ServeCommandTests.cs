using System.Diagnostics;
using Workbook.Site.Tests.Publishing;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Serving;

/// <summary>The program <c>workbook serve</c>, started and ended as a reader does it.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly SmallRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task It_serves_until_it_is_interrupted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals are sent with a program that is on Linux.");
        _repository.Add("01-real", (Text("# Real"), null), (Code("sum", "Enumerable.Range(1, 100).Sum()"), null));
        using var program = Start("serve", "--port", "0");
        var errors = program.StandardError.ReadToEndAsync();

        var address = (await program.StandardOutput.ReadLineAsync())!.Split(' ')[0];
        Assert.StartsWith("01-real  1 cells, ", await program.StandardOutput.ReadLineAsync());
        Assert.Equal("1 notebooks, 1 cells, 0 failed", await program.StandardOutput.ReadLineAsync());
        using var browser = new HttpClient();
        Assert.Contains("5050", await browser.GetStringAsync($"{address}01-real.html"));

        using var interrupt = Process.Start("kill", ["-INT", program.Id.ToString()]);
        await program.WaitForExitAsync();
        Assert.Equal((0, ""), (program.ExitCode, await errors));
    }

    [Theory]
    [InlineData("--port takes a number from 0 to 65535, not 70000.", "--port", "70000")]
    [InlineData("is not in the workbook's repository", "--port", "0")]
    public async Task What_cannot_be_served_is_told(string sentence, params string[] arguments)
    {
        File.Delete(Path.Combine(_repository.Root, "Workbook.sln"));
        using var program = Start(["serve", .. arguments]);
        var errors = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.NotEqual(0, program.ExitCode);
        Assert.Contains(sentence, errors);
    }

    private Process Start(params string[] arguments)
    {
        // A shell starts what runs in its background with interrupts ignored, and that is inherited: whoever tests an interrupt must undo it.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var info = new ProcessStartInfo(command[0]) { WorkingDirectory = _repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[.. command[1..], "exec", Path.Combine(AppContext.BaseDirectory, "Workbook.Cli.dll"), .. arguments])
            info.ArgumentList.Add(argument);
        return Process.Start(info)!;
    }
}
