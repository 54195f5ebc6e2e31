using System.Globalization;
using System.Text.RegularExpressions;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Pages;

/// <summary>Chooses how each output of a cell is shown: the richest form that the page can draw.</summary>
internal sealed partial class OutputReader(PageIds ids, MarkdownText markdown)
{
    /// <summary>A page holds at most this much of one text; nobody reads more, and browsers become slow.</summary>
    private const int MaxCharacters = 200_000;

    private static readonly string[] Bitmaps = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    [GeneratedRegex(@"<tr[\s>]", RegexOptions.IgnoreCase)]
    private static partial Regex TableRow();

    /// <summary>What the page shows for one output.</summary>
    public OutputBlock Read(CellOutput output) => output switch
    {
        StreamOutput stream => Lines(stream.IsError ? "console-error" : "console", stream.Text),
        DisplayOutput display => Read(display.Data),
        ErrorOutput error => new FailureOutput(error.Name, AnsiText.ToHtml(Cut(error.Message).Text), AnsiText.ToHtmlLines(Cut(error.Trace).Text)),
        _ => throw new ArgumentException($"There is no way to show an output of type {output.GetType().Name}."),
    };

    private OutputBlock Read(IReadOnlyDictionary<string, string> data)
    {
        var words = data.GetValueOrDefault("text/plain");
        if (data.TryGetValue("application/vnd.plotly.v1+json", out var json) && PlotlyJson.Read(json) is { } figure)
            return new FigureOutput(ids.Take("figure"), figure.Json, figure.Height, figure.Moves, Alternative(words, "A figure."));
        if (data.TryGetValue("text/html", out var html))
            return new MarkupOutput("html", html) { Rows = TableRow().Count(html) };
        if (data.TryGetValue("image/svg+xml", out var svg))
            return new MarkupOutput("svg", svg);
        if (data.TryGetValue("text/markdown", out var text))
            return new MarkupOutput("markdown", markdown.ToHtml(text, isOutput: true));
        if (Bitmaps.FirstOrDefault(data.ContainsKey) is { } bitmap)
            return new ImageOutput($"data:{bitmap};base64,{data[bitmap]}", Alternative(words, "An image."));
        if (words is not null)
            return Lines("value", words);
        var any = data.FirstOrDefault();
        return any.Key is null ? Lines("value", "") : Lines("value", any.Value);
    }

    private static LinesOutput Lines(string kind, string text)
    {
        var (shown, leftOut) = Cut(text);
        return new LinesOutput(kind, AnsiText.ToHtmlLines(shown), leftOut);
    }

    private static (string Text, string? LeftOut) Cut(string text)
    {
        if (text.Length <= MaxCharacters)
            return (text, null);
        var end = text.LastIndexOf('\n', MaxCharacters);
        end = end > 0 ? end : MaxCharacters;
        var left = (text.Length - end).ToString("N0", CultureInfo.InvariantCulture);
        return (text[..end], $"The page leaves out the last {left} characters of this output.");
    }

    /// <summary>One paragraph of words for those who do not see the picture.</summary>
    private static string Alternative(string? words, string otherwise)
    {
        const int longest = 600;
        var text = string.Join(' ', (words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length == 0)
            return otherwise;
        return text.Length <= longest ? text : text[..longest] + "…";
    }
}
