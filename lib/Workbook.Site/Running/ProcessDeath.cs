using System.Text.RegularExpressions;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Running;

/// <summary>Why the process that ran a notebook's cells is gone, told from what it left behind.</summary>
internal static partial class ProcessDeath
{
    private const int KilledBySignal = 128;

    /// <param name="lastReport">That it exits or fails, if it could still say so.</param>
    /// <param name="exitCode">Its exit code; on Unix 128 and more stand for a signal.</param>
    /// <param name="lastWords">What the runtime wrote to standard error at the end.</param>
    internal static ErrorOutput Explain(HostReport? lastReport, int exitCode, string lastWords) => (lastReport, lastWords) switch
    {
        (ProcessFails fails, _) => new(
            fails.Error.Name,
            $"An exception that nobody caught, on a thread that a cell started, ended the process: {fails.Error.Message}",
            fails.Error.Trace),
        (_, ['S', 't', 'a', 'c', 'k', ..]) => new("StackOverflow", $"The stack overflowed{Culprit(lastWords)}.", ""),
        (_, ['O', 'u', 't', ' ', 'o', 'f', ..]) => new("OutOfMemory", "The cell needs more memory than a notebook may have here.", ""),
        (_, ['P', 'r', 'o', 'c', 'e', 's', 's', ' ', ..]) => new(
            "FailFast", $"The cell ended the process with Environment.FailFast{Said(lastWords)}.", ""),
        (ProcessExits exits, _) => new("Exit", $"The cell ended the process with Environment.Exit({exits.Code}).", ""),
        (_, ['U', 'n', ..] or ['F', 'a', ..]) => new("Crash", $"The runtime crashed: {lastWords.Split('\n')[0].Trim()}", ""),
        _ when exitCode > KilledBySignal && !OperatingSystem.IsWindows() => new(
            "Killed", $"The process was ended by {SignalName(exitCode - KilledBySignal)}.", ""),
        _ => new("Exit", $"The process ended with exit code {exitCode}.", ""),
    };

    private static string Culprit(string lastWords) =>
        FirstFrame().Match(lastWords) is { Success: true, Groups: [_, var method] }
            ? $": {LocalFunction().Replace(method.Value, "$1")} calls itself without end"
            : "";

    private static string Said(string lastWords)
    {
        var line = lastWords.Split('\n').Skip(1).FirstOrDefault()?.Trim();
        return line is null or "" || line.StartsWith("at ", StringComparison.Ordinal) ? "" : $": {line}";
    }

    private static string SignalName(int signal) => signal switch
    {
        6 => "SIGABRT (it gave itself up)",
        9 => "SIGKILL (someone killed it, or the machine ran out of memory)",
        11 => "SIGSEGV (native code touched memory that is not there)",
        15 => "SIGTERM (someone ended it)",
        _ => $"signal {signal}",
    };

    [GeneratedRegex(@"^\s+at \S*?([^\s.(]+)\(", RegexOptions.Multiline)]
    private static partial Regex FirstFrame();

    [GeneratedRegex(@"^.*>g__([^|]+)\|.*$")]
    private static partial Regex LocalFunction();
}
