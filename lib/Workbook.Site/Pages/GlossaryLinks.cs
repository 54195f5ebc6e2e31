using System.Net;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Workbook.Site.Pages;

/// <summary>
/// Links the first mention of each term in the prose of one page to the glossary, and notes under which headings the terms are used. Headings, code, links
/// and tables are left alone.
/// </summary>
internal sealed class GlossaryLinks(GlossaryWords? words)
{
    private readonly HashSet<string> _linked = new(StringComparer.Ordinal);
    private readonly List<Mention> _mentions = [];
    private (string Id, string Text) _heading = ("", "");

    /// <summary>Where the terms are used, each heading once.</summary>
    public IReadOnlyList<Mention> Mentions => [.. _mentions.Distinct()];

    /// <summary>Goes through a cell's text, whose headings have their ids already.</summary>
    /// <param name="document">The text.</param>
    /// <param name="links">Whether terms become links; in a prediction they must not help the reader.</param>
    public void Go(MarkdownDocument document, bool links)
    {
        if (words is null)
            return;
        foreach (var block in document.Descendants().OfType<LeafBlock>().ToList())
        {
            if (block is HeadingBlock heading && heading.GetAttributes().Id is { } id)
                _heading = (id, MarkdownText.PlainText(heading));
            else if (block is ParagraphBlock { Inline: not null } paragraph)
                GoThrough(paragraph, links && !IsInTable(paragraph) && !IsCitation(paragraph));
        }
    }

    private void GoThrough(ParagraphBlock paragraph, bool links)
    {
        foreach (var literal in paragraph.Inline!.Descendants().OfType<LiteralInline>().Where(literal => !IsInLink(literal)).ToList())
        {
            var (text, done) = (literal.Content.ToString(), 0);
            Inline last = literal;
            foreach (var (term, start, length) in words!.In(text))
            {
                _mentions.Add(new Mention(term.Id, _heading.Id, _heading.Text));
                if (!links || term.IsQuiet || !_linked.Add(term.Id))
                    continue;
                last = After(last, new LiteralInline(text[done..start]));
                last = After(last, new TermInline(term, text.Substring(start, length)));
                done = start + length;
            }
            if (done == 0)
                continue;
            After(last, new LiteralInline(text[done..]));
            literal.Remove();
        }
    }

    private static Inline After(Inline before, Inline inline)
    {
        before.InsertAfter(inline);
        return inline;
    }

    private static bool IsInLink(Inline inline)
    {
        for (var around = inline.Parent; around is not null; around = around.Parent)
            if (around is LinkInline)
                return true;
        return false;
    }

    /// <summary>A paragraph all in italics names a paper: its title is not prose.</summary>
    private static bool IsCitation(ParagraphBlock paragraph) =>
        paragraph.Inline!.FirstChild is EmphasisInline { DelimiterCount: 1 } only && only == paragraph.Inline.LastChild;

    private static bool IsInTable(Block block)
    {
        for (var around = block.Parent; around is not null; around = around.Parent)
            if (around is TableCell)
                return true;
        return false;
    }

    /// <summary>A term that leads to its definition.</summary>
    internal sealed class TermInline(GlossaryTerm term, string text) : LeafInline
    {
        public GlossaryTerm Term => term;

        public string Text => text;
    }

    /// <summary>A quiet link; its definition shows when it is pointed at, and when it has the keyboard.</summary>
    internal sealed class Renderer : HtmlObjectRenderer<TermInline>
    {
        protected override void Write(HtmlRenderer renderer, TermInline inline)
        {
            var definition = WebUtility.HtmlEncode(inline.Term.Definition);
            renderer.Write($"<a class=\"term\" href=\"{CoursePage.Glossary.Href}#{inline.Term.Id}\" title=\"{definition}\" data-definition=\"{definition}\">");
            renderer.Write(WebUtility.HtmlEncode(inline.Text)).Write("</a>");
        }
    }
}
