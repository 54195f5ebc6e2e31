using System.Text.RegularExpressions;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Tests.House;

/// <summary>What every notebook of the course keeps to, so that it reads, diffs and runs like the others.</summary>
internal static partial class NotebookRules
{
    /// <summary>Lines of a code cell besides <c>#r</c>, <c>using</c> and blank ones: what fits beside its result.</summary>
    public const int LongestCell = 14;

    /// <summary>The library as a notebook loads it: from its own folder, in the configuration that a bare build makes.</summary>
    public const string Library = "#r \"../lib/Workbook/bin/Release/net10.0/Workbook.dll\"";

    /// <summary>One sentence for each rule that a notebook breaks.</summary>
    public static IEnumerable<string> Broken(string path)
    {
        Notebook notebook;
        string text;
        try
        {
            notebook = NotebookFile.Read(path);
            text = File.ReadAllText(path);
        }
        catch (NotebookException error)
        {
            return [error.Message];
        }
        return [.. Form(notebook.Name, text, NotebookFile.Format(path, text)), .. Beginning(notebook), .. notebook.Cells.SelectMany(CellRules)];
    }

    private static IEnumerable<string> Form(string name, string text, string canonical)
    {
        if (!FileName().IsMatch(name))
            yield return $"{name} is not a lecture's or a lab's name: NN-name or lab-N-name, in small letters.";
        if (text == canonical)
            yield break;
        var (written, right) = (text.Split('\n'), canonical.Split('\n'));
        var line = written.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        yield return $"""
            {name} is not in the one form that git holds (no outputs, no run counts, sorted keys), from line {line + 1} on:
              written  {written.ElementAtOrDefault(line) ?? "(end)"}
              form     {right.ElementAtOrDefault(line) ?? "(end)"}
            """;
    }

    private static IEnumerable<string> Beginning(Notebook notebook)
    {
        if (notebook.Cells is not [{ Kind: CellKind.Markdown } title, ..] || !title.Source.StartsWith("# ", StringComparison.Ordinal))
            yield return $"{notebook.Name} does not begin with its title: a text cell whose first line is “# …”.";
        if (notebook.Cells.FirstOrDefault(cell => cell.Kind == CellKind.Code) is not { } first)
            yield return $"{notebook.Name} runs nothing.";
        else if (!first.Source.Split('\n').Contains(Library))
            yield return $"{notebook.Name}: its first code cell does not load the library by {Library}.";
    }

    private static IEnumerable<string> CellRules(Cell cell)
    {
        if (cell.Kind != CellKind.Code)
            yield break;
        var lines = cell.Source.Split('\n');
        if (lines.FirstOrDefault(line => line.TrimStart().StartsWith("#!", StringComparison.Ordinal)) is { } magic)
            yield return $"Cell {cell.Id} holds “{magic.Trim()}”: cells are plain C#, which every host runs.";
        var told = lines.Count(line => line.Trim().Length > 0 && !Preparation().IsMatch(line));
        if (told > LongestCell)
            yield return $"Cell {cell.Id} has {told} lines, {LongestCell} is the most: cut it in two, or move code to the library, where it is tested.";
        if (lines.Any(line => PackageReference().IsMatch(line)) && !cell.Tags.Contains("ecosystem"))
            yield return $"Cell {cell.Id} restores a package and is not tagged “ecosystem”.";
        foreach (var reference in References().Matches(cell.Source).Select(match => match.Groups["what"].Value))
        {
            if (Path.IsPathRooted(reference) || DriveOrUri().IsMatch(reference))
                yield return $"Cell {cell.Id} names {reference}: a path starts at the notebook's folder, which is the working directory in every host.";
            if (reference.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase) && !PinnedPackage().IsMatch(reference))
                yield return $"Cell {cell.Id} asks for {reference}: name the one version that it was written for, as in “nuget: Name, 1.0.0”.";
        }
        if (lines.FirstOrDefault(line => PackageSource().IsMatch(line)) is { } source)
            yield return $"Cell {cell.Id} holds “{source.Trim()}”: where packages come from is the reader's own configuration.";
        if (string.IsNullOrWhiteSpace(cell.Source))
            yield return $"Cell {cell.Id} is empty.";
    }

    [GeneratedRegex("^(\\d\\d|lab-\\d)-[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex FileName();

    [GeneratedRegex("^\\s*(#r |using (static )?[\\w.]+;|using \\w+ = [\\w.<>]+;)")]
    private static partial Regex Preparation();

    [GeneratedRegex("^\\s*#(r|load)\\s+\"(?<what>[^\"\\n]*)\"", RegexOptions.Multiline)]
    private static partial Regex References();

    [GeneratedRegex("^([A-Za-z]:[/\\\\]|\\\\\\\\|https?:|file:)")]
    private static partial Regex DriveOrUri();

    [GeneratedRegex("^nuget: [\\w.]+, \\d+(\\.\\d+)+(-[\\w.]+)?$")]
    private static partial Regex PinnedPackage();

    [GeneratedRegex("^\\s*#i\\b")]
    private static partial Regex PackageSource();

    [GeneratedRegex("^\\s*#r \"nuget:")]
    private static partial Regex PackageReference();
}
