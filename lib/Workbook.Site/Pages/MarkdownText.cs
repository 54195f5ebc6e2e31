using Markdig;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Workbook.Site.Pages;

/// <summary>
/// The Markdown of one page as HTML, cell by cell. Ids are unique over the whole page, headings carry a permanent link,
/// fenced C# is highlighted, and raw HTML is shown as text but for the few harmless tags of <see cref="HarmlessHtml"/>.
/// </summary>
internal sealed class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseTaskLists().UseFootnotes().UseEmphasisExtras().UseAlertBlocks().UseAutoLinks().Build();

    private readonly PageIds _ids;
    private readonly CodeHighlighter _highlighter;
    private readonly IReadOnlySet<string> _lectures;
    private readonly SearchRecords? _search;
    private readonly List<Heading> _headings = [];
    private readonly GlossaryLinks _glossary;

    /// <param name="ids">Where the page's ids come from.</param>
    /// <param name="highlighter">Colours fenced C#.</param>
    /// <param name="lectures">Names of the notebooks that have pages: links to them lead to the pages.</param>
    /// <param name="search">Told what can be searched; null when nothing is.</param>
    /// <param name="words">Terms whose first mention becomes a link; null for none.</param>
    public MarkdownText(
        PageIds ids, CodeHighlighter highlighter, IReadOnlySet<string> lectures, SearchRecords? search = null, GlossaryWords? words = null) =>
        (_ids, _highlighter, _lectures, _search, _glossary) = (ids, highlighter, lectures, search, new GlossaryLinks(words));

    /// <summary>The headings of all text turned to HTML so far, in order.</summary>
    public IReadOnlyList<Heading> Headings => _headings;

    /// <summary>Where the glossary's terms are used in all text turned to HTML so far.</summary>
    public IReadOnlyList<Mention> Mentions => _glossary.Mentions;

    /// <summary>The HTML of one cell, or of one output, whose headings are not the page's.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="isOutput">Whether a cell showed it.</param>
    /// <param name="linksTerms">Whether the glossary's terms become links.</param>
    public string ToHtml(string markdown, bool isOutput = false, bool linksTerms = true)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
            Register(heading, isOutput);
        foreach (var link in document.Descendants<LinkInline>())
            link.Url = SafeUrl(link.Url);
        if (!isOutput && _search is not null)
            Gather(document, _search);
        if (!isOutput)
            _glossary.Go(document, linksTerms);

        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HeadingRenderer>(new LinkedHeading());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new HighlightedCode(_highlighter));
        renderer.ObjectRenderers.ReplaceOrAdd<CodeInlineRenderer>(new LinkedCode(_highlighter));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlBlockRenderer>(new HarmlessHtml.Block());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlInlineRenderer>(new HarmlessHtml.Inline());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new ScrollingTable());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTaskListRenderer>(new NamedTask());
        renderer.ObjectRenderers.Add(new GlossaryLinks.Renderer());
        var footnotes = _ids.Take("footnotes");
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlFootnoteGroupRenderer>(new FootnoteList(footnotes));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlFootnoteLinkRenderer>(new FootnoteMark(footnotes));
        renderer.Render(document);
        return writer.ToString();
    }

    /// <summary>The plain text of the first heading of level 1 and of the first paragraph; null where there is none.</summary>
    public static (string? Title, string? Summary) Opening(IEnumerable<string> cells)
    {
        string? title = null, summary = null;
        foreach (var cell in cells)
        {
            var document = Markdown.Parse(cell, Pipeline);
            title ??= document.Descendants<HeadingBlock>().Where(heading => heading.Level == 1).Select(PlainText).FirstOrDefault();
            summary ??= document.OfType<ParagraphBlock>().Select(PlainText).FirstOrDefault(text => text.Length > 0);
            if (title is not null && summary is not null)
                break;
        }
        return (title, summary);
    }

    private void Register(HeadingBlock heading, bool isOutput)
    {
        var text = PlainText(heading);
        var id = _ids.Take(text);
        heading.GetAttributes().Id = id;
        if (!isOutput)
            _headings.Add(new Heading(heading.Level, id, text));
    }

    private static void Gather(MarkdownDocument document, SearchRecords search)
    {
        foreach (var block in document.Descendants<LeafBlock>())
            if (block is HeadingBlock heading)
                search.Begin(PlainText(heading), heading.GetAttributes().Id ?? "");
            else
                search.Add(block is CodeBlock code ? code.Lines.ToString() : PlainText(block));
    }

    internal static string PlainText(LeafBlock block)
    {
        using var writer = new StringWriter();
        if (block.Inline is not null)
            foreach (var inline in block.Inline.Descendants())
                writer.Write(inline switch
                {
                    LiteralInline literal => literal.Content.ToString(),
                    CodeInline code => code.Content,
                    HtmlEntityInline entity => entity.Transcoded.ToString(),
                    AutolinkInline link => link.Url,
                    HtmlInline html => HarmlessHtml.IsKept(html.Tag) ? "" : html.Tag,
                    LineBreakInline => " ",
                    _ => "",
                });
        return writer.ToString().Trim();
    }

    /// <summary>A notebook's address becomes its page's; an address that would run a script becomes nothing.</summary>
    private string SafeUrl(string? url)
    {
        if (url is null)
            return "";
        var target = url.Split('#', 2);
        if (target[0].EndsWith(".ipynb", StringComparison.Ordinal) && _lectures.Contains(target[0][..^".ipynb".Length]))
            return target[0][..^".ipynb".Length] + ".html" + (target.Length > 1 ? "#" + target[1] : "");

        // A colon before any slash makes a scheme, also behind the spaces and controls that browsers leave out.
        var bare = string.Concat(url.Where(character => character > ' '));
        var colon = bare.IndexOfAny([':', '/', '?', '#']);
        var hasScheme = colon >= 0 && bare[colon] == ':';
        var known = bare.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
            || bare.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            || bare.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
        return hasScheme && !known ? "" : url;
    }
}
