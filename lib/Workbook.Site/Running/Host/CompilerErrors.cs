using Microsoft.CodeAnalysis;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Running.Host;

/// <summary>The compiler's complaints, each with its place and the line it is about.</summary>
internal static class CompilerErrors
{
    private const int Told = 5;

    internal static IReadOnlyList<ErrorOutput> From(Compilation cell, IReadOnlyList<Diagnostic> errors)
    {
        var outputs = errors.OrderBy(error => error.Location.SourceSpan.Start).Take(Told).Select(error => From(cell, error)).ToList();
        if (errors.Count > Told)
            outputs.Add(new ErrorOutput("More", $"The compiler has {errors.Count - Told} more complaints.", ""));
        return outputs;
    }

    private static ErrorOutput From(Compilation cell, Diagnostic error) => new(error.Id, Message(cell, error), Place(error.Location));

    private static string Message(Compilation cell, Diagnostic error) => error.Id switch
    {
        // Metadata file not found; source file not found; metadata file can't be opened.
        "CS0006" => $"{Named(error)} is not there: build what makes it first (`dotnet build`), or correct the path, "
            + "which starts at the notebook's folder.",
        "CS1504" => $"{Named(error)} can't be loaded: correct the path, which starts at the notebook's folder.",
        "CS0009" => $"{Named(error)} is not a .NET library.",
        _ when MissingUsing.Hint(cell, error) is { Length: > 0 } hint => $"{Plain(error)}.{hint}",
        _ => Plain(error),
    };

    private static string Plain(Diagnostic error) => error.GetMessage(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What stands between a directive's quotes.</summary>
    private static string Named(Diagnostic error)
    {
        var quoted = (Line(error.Location) ?? "").Split('"');
        return quoted.Length >= 3 ? quoted[1] : "The file";
    }

    private static string Place(Location location)
    {
        if (!location.IsInSource)
            return "";
        var span = location.GetLineSpan();
        var column = span.StartLinePosition.Character;
        var width = span.EndLinePosition.Line == span.StartLinePosition.Line ? span.EndLinePosition.Character - column : 1;
        var file = Path.IsPathRooted(span.Path) ? $"{Path.GetFileName(span.Path)}, " : "";
        var line = Line(location)!;
        // Tabs are kept, so that the mark stands below what it marks.
        var before = string.Concat(line.Take(column).Select(letter => letter == '\t' ? '\t' : ' '));
        return $"{file}line {span.StartLinePosition.Line + 1}, column {column + 1}\n    {line}\n    {before}{new string('^', Math.Max(1, width))}";
    }

    private static string? Line(Location location) =>
        location.SourceTree?.GetText().Lines[location.GetLineSpan().StartLinePosition.Line].ToString().TrimEnd();
}
