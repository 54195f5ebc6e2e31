using System.Diagnostics;
using Xunit;

namespace Workbook.Site.Tests.Running;

/// <summary>The program <c>workbook check</c>, started as a reader starts it.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private const string Linearizable = "  |-Wx1-| |-Wx2-|\n    |---Rx2---|\n      |-Rx1-|\n";
    private const string NotLinearizable = "  |-Wx1-| |-Wx2-|\n    |--Rx2--|\n              |-Rx1-|\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_history_with_an_order_is_a_yes_with_the_order()
    {
        var (exitCode, output, _) = await RunAsync("check", _folder.Write("one.txt", Linearizable));

        Assert.Equal((0, "yes (4 operations of 3 clients, model register)\nWx1 Rx1 Wx2 Rx2\n"), (exitCode, output));
    }

    [Fact]
    public async Task A_history_without_one_is_a_no_with_the_reason()
    {
        var (exitCode, output, _) = await RunAsync("check", _folder.Write("two.txt", NotLinearizable), "--model", "cas-register");

        Assert.Equal(1, exitCode);
        Assert.Matches(@"\Ano \(4 operations of 3 clients, model cas-register\)\n[\s\S]*Rx1[\s\S]*\n\z", output);
    }

    [Fact]
    public async Task A_history_that_takes_too_long_is_unknown()
    {
        // Any of the additions may have happened; no two sums are equal, so there are 2^40 of them, and none is what was read.
        var rows = Enumerable.Range(0, 40).Select(row => $"|-add({1L << row})---").Append("                  |-read() = -1-|");

        var (exitCode, output, _) = await RunAsync("check", _folder.Write("hard.txt", string.Join('\n', rows)), "--timeout", "50ms");

        Assert.Equal(2, exitCode);
        Assert.StartsWith("unknown (41 operations of 41 clients, model counter)\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_may_come_through_standard_input()
    {
        using var process = Start("check", "-");
        await process.StandardInput.WriteAsync(Linearizable);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.StartsWith("yes ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_checked_is_an_error_with_one_sentence()
    {
        var good = _folder.Write("good.txt", Linearizable);
        var bad = _folder.Write("bad.txt", "|-Wx1-|\n|-Wx2\n");
        var odd = _folder.Write("odd.txt", "|-frobnicate(x, 1)-|\n");
        var locks = _folder.Write("locks.txt", "|-acquire(m)-|\n");
        var missing = Path.Combine(_folder.Path, "missing.txt");

        await RefusedAsync($"{bad}, line 2: the bar '|-Wx2' in column 1 has no end; it ends with -|, or with dashes where no reply came.", bad);
        await RefusedAsync($"There is no file {missing}.", missing);
        await RefusedAsync($"{_folder.Path} is a folder; give the file of a history.", _folder.Path);
        await RefusedAsync("There is no model 'stack'; there are register, cas-register, kv, counter, queue, set, lock, mutex.", good, "--model", "stack");
        foreach (var time in (string[])["soon", "0", "-1s", "1e9", "25h", "nan", "sss"])
            await RefusedAsync($"--timeout takes a length of time above 0 and at most a day, such as 500ms, 30s or 2m, not '{time}'.", good, $"--timeout={time}");
        await RefusedAsync("Required argument missing for command: 'check'.");
        await RefusedAsync($"--html {good} would overwrite the history; give another name.", good, "--html", good);
        await RefusedAsync($"--html {_folder.Path} is a folder; give the name of a file.", good, "--html", _folder.Path);
        Assert.StartsWith($"error {odd}, line 1: ", (await RunAsync("check", odd)).Output, StringComparison.Ordinal);
        Assert.StartsWith($"error {locks}, line 1: ", (await RunAsync("check", locks, "--model", "queue")).Output, StringComparison.Ordinal);
        Assert.Equal(Linearizable, await File.ReadAllTextAsync(good));
    }

    [Fact]
    public async Task The_drawing_is_a_page_that_needs_nothing_else()
    {
        var page = Path.Combine(_folder.Path, "page.html");
        await File.WriteAllTextAsync(page, "an older page");

        var (exitCode, _, error) = await RunAsync("check", _folder.Write("<two>.txt", NotLinearizable), "--html", page);

        var html = await File.ReadAllTextAsync(page);
        Assert.Equal((1, ""), (exitCode, error));
        Assert.Contains("no: not linearizable (register)</title>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;two&gt;.txt</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)https?://(?!www.w3.org/2000/svg)|<script|<link|src=", html);
        Assert.Equal(["<two>.txt", "page.html"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_leaves_what_was_there()
    {
        var page = Path.Combine(_folder.Path, "page.html");
        await File.WriteAllTextAsync(page, "an older page");

        var (exitCode, output, _) = await RunAsync("check", _folder.Write("bad.txt", "|-Wx1"), "--html", page);
        var (elsewhere, said, _) = await RunAsync("check", _folder.Write("good.txt", Linearizable), "--html", Path.Combine(_folder.Path, "none", "page.html"));

        Assert.Equal((3, 3), (exitCode, elsewhere));
        Assert.StartsWith("error ", output, StringComparison.Ordinal);
        Assert.EndsWith("is in a folder that is not there; make it first.\n", said, StringComparison.Ordinal);
        Assert.Equal("an older page", await File.ReadAllTextAsync(page));
        Assert.Equal(["bad.txt", "good.txt", "page.html"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static async Task RefusedAsync(string sentence, params string[] arguments)
    {
        var (exitCode, output, _) = await RunAsync(["check", .. arguments]);
        Assert.Equal((3, $"error {sentence}\n"), (exitCode, output));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }

    private static Process Start(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "Workbook.Cli.dll"), .. arguments])
            info.ArgumentList.Add(argument);
        return Process.Start(info)!;
    }
}
