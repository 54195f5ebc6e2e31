using System.Text.RegularExpressions;
using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;

namespace Workbook.Site.Pages;

/// <summary>A term of the glossary.</summary>
/// <param name="Id">The id of its element in the glossary's page.</param>
/// <param name="Name">The term.</param>
/// <param name="Definition">Plain text of its definition.</param>
/// <param name="Html">The definition as HTML.</param>
/// <param name="From">The paper or lecture it is from; may be empty.</param>
/// <param name="Also">Other forms of the term, as they stand in texts.</param>
/// <param name="See">Names of notebooks that are about it.</param>
/// <param name="IsQuiet">Whether it is so common that pages do not link to it.</param>
public sealed record GlossaryTerm(
    string Id, string Name, string Definition, string Html, string From, IReadOnlyList<string> Also, IReadOnlyList<string> See, bool IsQuiet);

/// <summary>
/// The words of the course, as one Markdown file has them: a heading of level 2 for each term, its definition below, then a list of
/// <c>from:</c>, <c>also:</c>, <c>see:</c> and <c>quiet</c>.
/// </summary>
/// <param name="Terms">The terms, by the alphabet.</param>
/// <param name="Failure">One sentence when the file cannot be used; then there are no terms.</param>
/// <param name="Version">Changes whenever the text does.</param>
public sealed partial record Glossary(IReadOnlyList<GlossaryTerm> Terms, string? Failure, string Version)
{
    /// <summary>Where it stands below the repository's root.</summary>
    public const string File = "data/glossary/glossary.md";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    /// <summary>The glossary of a repository; null when it has none.</summary>
    /// <param name="root">The repository's folder.</param>
    public static Glossary? Read(string root)
    {
        var file = Path.Combine(root, File);
        if (!System.IO.File.Exists(file))
            return null;
        try
        {
            return Parse(System.IO.File.ReadAllText(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Broken($"{File} cannot be read ({error.Message.TrimEnd('.')}).", "");
        }
    }

    /// <summary>The terms of a text.</summary>
    public static Glossary Parse(string text)
    {
        var version = Publishing.NotebookKeys.Hash(text);
        List<GlossaryTerm> terms = [];
        var ids = new PageIds();
        var blocks = Markdown.Parse(text, Pipeline).ToList();
        for (var at = 0; at < blocks.Count; at++)
        {
            if (blocks[at] is not HeadingBlock { Level: 2 } heading)
                continue;
            var name = MarkdownText.PlainText(heading);
            var below = blocks.Skip(at + 1).TakeWhile(block => block is not HeadingBlock).ToList();
            var (term, wrong) = Term(name, below, ids);
            if (term is null)
                return Broken($"{File}, line {heading.Line + 1}: {wrong}", version);
            if (terms.Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                return Broken($"{File}, line {heading.Line + 1}: “{name}” stands there twice; keep one of them.", version);
            terms.Add(term);
        }
        return terms.Count == 0
            ? Broken($"{File} has no terms; give each a heading of level 2, with its definition below.", version)
            : new Glossary([.. terms.OrderBy(term => term.Name, StringComparer.OrdinalIgnoreCase)], null, version);
    }

    private static Glossary Broken(string why, string version) => new([], why, version);

    private static (GlossaryTerm? Term, string Wrong) Term(string name, IReadOnlyList<Block> below, PageIds ids)
    {
        if (name.Length == 0)
            return (null, "a term has no name; write it behind the two #.");
        List<ParagraphBlock> paragraphs = [.. below.OfType<ParagraphBlock>()];
        if (paragraphs.Count == 0)
            return (null, $"“{name}” has no definition; write a sentence or two below it.");
        string from = "";
        List<string> also = [], see = [];
        var isQuiet = false;
        foreach (var item in below.OfType<ListBlock>().SelectMany(list => list.Descendants<ParagraphBlock>()).Select(MarkdownText.PlainText))
        {
            var parts = item.Split(':', 2, StringSplitOptions.TrimEntries);
            var list = parts.Length > 1 ? parts[1].Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
            switch (parts[0])
            {
                case "from" when parts.Length > 1:
                    from = parts[1];
                    break;
                case "also" when list.Length > 0:
                    also.AddRange(list);
                    break;
                case "see" when list.Length > 0:
                    see.AddRange(list);
                    break;
                case "quiet" when parts.Length == 1:
                    isQuiet = true;
                    break;
                default:
                    return (null, $"“{name}” has the line “{item}”; write from: …, also: …, see: … or quiet.");
            }
        }
        var words = string.Join(' ', paragraphs.Select(MarkdownText.PlainText));
        return (new GlossaryTerm(ids.Take(name), name, words, NoLinks().Replace(Html(paragraphs), ""), from, also, see, isQuiet), "");
    }

    private static string Html(IEnumerable<ParagraphBlock> paragraphs)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        foreach (var paragraph in paragraphs)
            renderer.Render(paragraph);
        return writer.ToString();
    }

    /// <summary>Definitions have no links of their own: where a term is used is computed.</summary>
    [GeneratedRegex("</?(?:a|img)\\b[^>]*>")]
    private static partial Regex NoLinks();
}
