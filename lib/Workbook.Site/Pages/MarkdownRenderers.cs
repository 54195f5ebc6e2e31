using System.Net;
using System.Text.RegularExpressions;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Workbook.Site.Pages;

/// <summary>A heading with a link to itself behind it.</summary>
internal sealed class LinkedHeading : HtmlObjectRenderer<HeadingBlock>
{
    protected override void Write(HtmlRenderer renderer, HeadingBlock heading)
    {
        renderer.Write($"<h{heading.Level}").WriteAttributes(heading).Write('>');
        renderer.WriteLeafInline(heading);
        renderer.Write($" <a class=\"permalink\" href=\"#{heading.GetAttributes().Id}\" aria-label=\"Link to this section\">#</a>");
        renderer.WriteLine($"</h{heading.Level}>");
    }
}

/// <summary>Fenced code: C# in colours, anything else as it stands.</summary>
internal sealed class HighlightedCode(CodeHighlighter highlighter) : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        var text = block.Lines.ToString();
        var isCSharp = (block as FencedCodeBlock)?.Info?.ToLowerInvariant() is "csharp" or "cs" or "c#";
        var html = isCSharp ? highlighter.ToHtml(text) : WebUtility.HtmlEncode(text);
        renderer.EnsureLine();
        renderer.WriteLine($"<pre class=\"code\"><code>{html}</code></pre>");
    }
}

/// <summary>Code in a line of text. When it is the name of a type or member of the notebook's libraries, it leads to its source.</summary>
internal sealed class LinkedCode(CodeHighlighter highlighter) : HtmlObjectRenderer<CodeInline>
{
    protected override void Write(HtmlRenderer renderer, CodeInline code)
    {
        var html = WebUtility.HtmlEncode(code.Content);
        var isInLink = false;
        for (var around = code.Parent; around is not null; around = around.Parent)
            isInLink |= around is LinkInline;
        if (!isInLink && highlighter.Find(code.Content) is { Href: { } href } mark)
            html = $"<a href=\"{WebUtility.HtmlEncode(href)}\" data-s=\"{mark.Index}\">{html}</a>";
        renderer.Write($"<code>{html}</code>");
    }
}

/// <summary>A table in a box of its own, which scrolls sideways when the table is wider than the page.</summary>
internal sealed class ScrollingTable : HtmlTableRenderer
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.EnsureLine();
        renderer.WriteLine("<div class=\"table-scroll\">");
        base.Write(renderer, table);
        renderer.WriteLine("</div>");
    }
}

/// <summary>The box before a task, with a word for those who do not see whether it is ticked.</summary>
internal sealed class NamedTask : HtmlObjectRenderer<TaskList>
{
    protected override void Write(HtmlRenderer renderer, TaskList task) => renderer.Write(
        task.Checked ? "<input type=\"checkbox\" disabled checked aria-label=\"Done\">" : "<input type=\"checkbox\" disabled aria-label=\"To do\">");
}

/// <summary>A footnote's number in the text. Markdig's own ids would be the same in every cell of the page.</summary>
internal sealed class FootnoteMark(string prefix) : HtmlObjectRenderer<FootnoteLink>
{
    protected override void Write(HtmlRenderer renderer, FootnoteLink link)
    {
        var order = link.Footnote.Order;
        if (link.IsBackLink)
            renderer.Write($"<a href=\"#{prefix}-from-{link.Index}\" class=\"footnote-back\" aria-label=\"Back to the text\">↩</a>");
        else
            renderer.Write($"<sup><a id=\"{prefix}-from-{link.Index}\" href=\"#{prefix}-{order}\" class=\"footnote-mark\">{order}</a></sup>");
    }
}

/// <summary>The footnotes under a cell.</summary>
internal sealed class FootnoteList(string prefix) : HtmlObjectRenderer<FootnoteGroup>
{
    protected override void Write(HtmlRenderer renderer, FootnoteGroup group)
    {
        renderer.EnsureLine();
        renderer.WriteLine($"<ol class=\"footnotes\" id=\"{prefix}\">");
        foreach (var footnote in group.OfType<Footnote>())
        {
            renderer.Write($"<li id=\"{prefix}-{footnote.Order}\">");
            renderer.WriteChildren(footnote);
            renderer.WriteLine("</li>");
        }
        renderer.WriteLine("</ol>");
    }
}

/// <summary>
/// Raw HTML in Markdown: tags that fold, break a line or shift text are kept, without attributes; comments vanish;
/// everything else is shown as the text it is.
/// </summary>
internal static partial class HarmlessHtml
{
    [GeneratedRegex(@"<!--.*?-->|(?<tag></?(?:details|summary|br|sub|sup|kbd|small)\s*/?>|<details open>)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex KeptOrComment();

    /// <summary>Whether a tag is one of those that work, or a comment: not text that a reader is meant to see.</summary>
    public static bool IsKept(string tag) => KeptOrComment().IsMatch(tag);

    public static string Clean(string html)
    {
        var clean = new StringWriter();
        var position = 0;
        foreach (Match match in KeptOrComment().Matches(html))
        {
            clean.Write(WebUtility.HtmlEncode(html[position..match.Index]));
            clean.Write(match.Groups["tag"].Value);
            position = match.Index + match.Length;
        }
        clean.Write(WebUtility.HtmlEncode(html[position..]));
        return clean.ToString();
    }

    internal sealed class Block : HtmlObjectRenderer<HtmlBlock>
    {
        protected override void Write(HtmlRenderer renderer, HtmlBlock block) => renderer.WriteLine(Clean(block.Lines.ToString()));
    }

    internal sealed class Inline : HtmlObjectRenderer<HtmlInline>
    {
        protected override void Write(HtmlRenderer renderer, HtmlInline inline) => renderer.Write(Clean(inline.Tag));
    }
}
