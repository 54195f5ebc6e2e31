using System.Text.RegularExpressions;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Running.Polyglot;

/// <summary>The kernel's errors in the form that the own runner gives them: name, message, and what of the stack is the reader's.</summary>
internal static partial class KernelErrors
{
    private const int Told = 5;
    private const int LongestTrace = 20;

    internal static IReadOnlyList<ErrorOutput> From(string message, IReadOnlyList<KernelDiagnostic> diagnostics, string source)
    {
        if (diagnostics.Count == 0)
            return [Thrown(message)];
        var errors = diagnostics.OrderBy(error => (error.Line, error.Column)).Take(Told).Select(error => Complaint(error, source)).ToList();
        if (diagnostics.Count > Told)
            errors.Add(new ErrorOutput("More", $"The compiler has {diagnostics.Count - Told} more complaints.", ""));
        return errors;
    }

    /// <summary>What stands at a complaint's place in a cell.</summary>
    internal static string NameAt(KernelDiagnostic error, string source)
    {
        var line = source.Split('\n').ElementAtOrDefault(error.Line) ?? "";
        return error.Column < line.Length ? Word().Match(line, error.Column).Value : "";
    }

    private static ErrorOutput Complaint(KernelDiagnostic error, string source)
    {
        var line = source.Split('\n').ElementAtOrDefault(error.Line)?.TrimEnd() ?? "";
        var before = string.Concat(line.Take(error.Column).Select(letter => letter == '\t' ? '\t' : ' '));
        var mark = new string('^', Math.Max(1, error.EndColumn - error.Column));
        return new ErrorOutput(error.Code, error.Message, $"line {error.Line + 1}, column {error.Column + 1}\n    {line}\n    {before}{mark}");
    }

    /// <summary>An exception as .NET writes it: <c>System.InvalidOperationException: boom</c>, and below it the stack.</summary>
    private static ErrorOutput Thrown(string message)
    {
        var lines = message.ReplaceLineEndings("\n").Split('\n');
        var frames = lines.Where(line => line.StartsWith("   at ", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
        var text = string.Join('\n', lines.TakeWhile(line => !line.StartsWith("   at ", StringComparison.Ordinal))).Trim();
        // Below the last frame of a cell is only what calls cells.
        var last = frames.FindLastIndex(frame => frame.Contains("Submission#", StringComparison.Ordinal));
        var trace = string.Join('\n', frames.Take(last < 0 ? frames.Count : last + 1).Take(LongestTrace));
        var match = TypeAndMessage().Match(text);
        return match.Success
            ? new ErrorOutput(match.Groups["name"].Value, match.Groups["message"].Value, trace)
            : new ErrorOutput("Error", text.Length > 0 ? text : "The kernel says that the cell failed, and not why.", trace);
    }

    [GeneratedRegex(@"^([\w.+]+\.)?(?<name>\w+Exception)(`\d+)?( \([^)]*\))?: (?<message>.*)$", RegexOptions.Singleline)]
    private static partial Regex TypeAndMessage();

    [GeneratedRegex(@"\G\w+")]
    private static partial Regex Word();
}
