using System.Diagnostics;

namespace Workbook.Site.Tests.Running;

/// <summary>The program <c>workbook</c>, started as a reader starts it.</summary>
internal static class CommandLine
{
    /// <summary>Inherited by all that a started program starts, so that one can look for what it has left behind.</summary>
    private const string Mark = "WORKBOOK_TEST";

    internal static Process Start(string folder, string mark, params string[] arguments)
    {
        // A shell starts what runs in its background with interrupts ignored, and that is inherited: whoever tests an interrupt must undo it.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var info = new ProcessStartInfo(command[0]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[.. command[1..], "exec", Path.Combine(AppContext.BaseDirectory, "Workbook.Cli.dll"), .. arguments])
            info.ArgumentList.Add(argument);
        info.Environment[Mark] = mark;
        return Process.Start(info)!;
    }

    internal static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, "", arguments);
        return await EndAsync(process);
    }

    internal static async Task<(int ExitCode, string Output, string Errors)> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), (await errors).ReplaceLineEndings("\n"));
    }

    internal static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString()]);
        kill.WaitForExit();
    }

    /// <summary>Waits until nothing that bears the mark runs any more; a process that is to end by itself needs a moment.</summary>
    /// <returns>What still runs after ten seconds.</returns>
    internal static async Task<string[]> LeftAsync(string mark)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var left = Bearers(mark);
            if (left.Length == 0 || patience.Elapsed > TimeSpan.FromSeconds(10))
                return left;
            await Task.Delay(20);
        }
    }

    private static string[] Bearers(string mark) =>
        [.. Directory.EnumerateDirectories("/proc").Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit) && Bears(folder, $"{Mark}={mark}\0"))
            .Select(folder => $"{Path.GetFileName(folder)} {Text(Path.Combine(folder, "cmdline")).Replace('\0', ' ')}")];

    private static bool Bears(string folder, string mark) => Text(Path.Combine(folder, "environ")).Contains(mark, StringComparison.Ordinal);

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
