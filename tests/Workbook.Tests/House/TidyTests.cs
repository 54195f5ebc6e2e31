using System.Text.RegularExpressions;

namespace Workbook.Tests.House;

/// <summary>Rules about text that hold for every file that people write.</summary>
public sealed partial class TidyTests
{
    /// <summary>Lines of a source; one that needs more has two ideas.</summary>
    private const int LongestSource = 300;

    /// <summary>Lines of a style sheet, which has no parts to go to.</summary>
    private const int LongestStyleSheet = 400;

    /// <summary>Characters of a line of code. What stands in quotes does not count: a sentence is best read whole.</summary>
    private const int WidestLine = 160;

    private static readonly string[] Texts = [
        ".cs", ".razor", ".js", ".css", ".csproj", ".props", ".targets", ".json", ".md", ".txt", ".ipynb", ".sh", ".yml",
        "/run", ".editorconfig", ".gitattributes", ".gitignore"];

    private static IEnumerable<string> Written =>
        Repository.Files.Where(file => Texts.Any(file.EndsWith) && !file.StartsWith("data/", StringComparison.Ordinal));

    [Fact]
    public void No_source_is_longer_than_one_idea() =>
        Complaints.None(
            from file in Repository.Under("lib", ".cs", ".razor", ".js", ".css").Concat(Repository.Under("tests", ".cs", ".js"))
            let lines = Repository.Lines(file).Count()
            let limit = file.EndsWith(".css", StringComparison.Ordinal) ? LongestStyleSheet : LongestSource
            where lines > limit
            select $"{file} has {lines} lines; {limit} is the most: find the two ideas in it.");

    [Fact]
    public void No_line_of_code_runs_out_of_the_window() =>
        Complaints.None(
            from file in Repository.Under("lib", ".cs").Concat(Repository.Under("tests", ".cs"))
            from line in OutsideRawText(Repository.Lines(file))
            let width = Quoted().Replace(line.Text, "\"\"").Length
            where width > WidestLine
            select $"{file}({line.Number}) is {width} characters wide; {WidestLine} is the most.");

    [Fact]
    public void Nothing_is_left_for_later() => NoLine(Written.Where(file => !file.StartsWith("notebooks/", StringComparison.Ordinal)),
        LeftForLater(), "do it, or say in the README that it is left out");

    [Fact]
    public void Nothing_in_the_libraries_sleeps_a_thread() => NoLine(Repository.Under("lib", ".cs"), Sleep(), "wait for what is awaited instead");

    [Fact]
    public void No_file_knows_the_machine_it_was_written_on() => NoLine(Written, MachinePath(), "name a path from the repository, or take it as an argument");

    [Fact]
    public void No_file_knows_where_packages_come_from() => NoLine(Written, Registry(), "the reader's own configuration says where packages are");

    [Fact]
    public void No_line_ends_in_blanks_or_in_a_carriage_return() => NoLine(Written, BlankEnd(), "take the blanks away");

    [Fact]
    public void Every_text_ends_in_one_line_end() =>
        Complaints.None(
            from file in Written
            let text = Repository.Text(file)
            where text.Length > 0 && (text[^1] != '\n' || text.EndsWith("\n\n", StringComparison.Ordinal))
            select $"{file} must end in one line end.");

    [Fact]
    public void No_type_is_named_for_what_it_is_in_the_program_instead_of_what_it_stands_for() => NoLine(
        Repository.Under("lib", ".cs").Concat(Repository.Under("tests", ".cs")), EmptyName(), "find the noun of the paper, or of what the type is for");

    [Fact]
    public void No_type_is_named_as_its_folder() =>
        Complaints.None(
            from file in Repository.Under("lib/Workbook", ".cs")
            from name in Declared().Matches(Repository.Text(file)).Select(match => match.Groups["name"].Value)
            where Repository.Folder(file).Split('/').Contains(name)
            select $"{file} declares {name}, which is also its folder's name.");

    private static void NoLine(IEnumerable<string> files, Regex wrong, string instead) =>
        Complaints.None(
            from file in files
            from line in Repository.Lines(file)
            let found = wrong.Match(line.Text)
            where found.Success
            select $"{file}({line.Number}) has “{found.Value}”: {instead}.");

    /// <summary>Lines but for those between <c>"""</c> and <c>"""</c>.</summary>
    private static IEnumerable<(int Number, string Text)> OutsideRawText(IEnumerable<(int Number, string Text)> lines)
    {
        var isRaw = false;
        foreach (var line in lines)
        {
            if (!isRaw)
                yield return line;
            isRaw ^= line.Text.Split("\"\"\"").Length % 2 == 0;
        }
    }

    // The patterns are written so that they do not find themselves.
    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HA[C]K|XX[X])\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"""(\\.|[^""\\])*""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bThread\.Sleep\b")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"(?<![\w.~*])/(?:work|root|tmp|home)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(nuget\.org|npmjs\.(org|com)|yarnpkg\.com|(deb|security)\.debian\.org|pypi\.org|pythonhosted\.org)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Registry();

    [GeneratedRegex(@"[ \t\r]+$")]
    private static partial Regex BlankEnd();

    [GeneratedRegex(@"^\s*[\w ]*\b(class|record|struct|interface|enum) (struct )?\w*(Helpers?|Managers?|Utils?|Utilit(y|ies)|Common|Base|Impl)\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^\s*(?!///)[\w ]*\b(class|record|struct|interface|enum) (struct )?(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();
}
