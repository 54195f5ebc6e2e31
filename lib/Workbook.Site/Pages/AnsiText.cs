using System.Globalization;
using System.Net;
using System.Text;

namespace Workbook.Site.Pages;

/// <summary>
/// Console text as HTML: ANSI colours become spans, every other escape sequence is dropped, control characters are shown
/// as their Unicode pictures, and all text is escaped.
/// </summary>
internal static class AnsiText
{
    private const char Escape = '\u001b';

    /// <summary>One piece of well-formed HTML a line: spans are closed at a line's end and opened again on the next.</summary>
    public static IReadOnlyList<string> ToHtmlLines(string text)
    {
        var lines = new List<string>();
        var style = AnsiStyle.Plain;
        foreach (var line in text.Split('\n'))
        {
            var visible = AfterLastReturn(line);
            lines.Add(LineToHtml(visible, ref style));
        }
        if (lines.Count > 1 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    /// <summary>All of it, lines joined by line feeds.</summary>
    public static string ToHtml(string text) => string.Join('\n', ToHtmlLines(text));

    /// <summary>A carriage return moves a terminal to the line's start, so what a progress bar wrote before it is gone.</summary>
    private static string AfterLastReturn(string line)
    {
        var end = line.TrimEnd('\r');
        return end[(end.LastIndexOf('\r') + 1)..];
    }

    private static string LineToHtml(string line, ref AnsiStyle style)
    {
        var html = new StringBuilder();
        var position = 0;
        while (position < line.Length)
        {
            if (line[position] == Escape)
            {
                position = ReadEscape(line, position, ref style);
                continue;
            }
            var end = line.IndexOf(Escape, position);
            end = end < 0 ? line.Length : end;
            AppendRun(html, line[position..end], style);
            position = end;
        }
        return html.ToString();
    }

    private static void AppendRun(StringBuilder html, string text, AnsiStyle style)
    {
        var escaped = WebUtility.HtmlEncode(WithoutControls(text));
        var attributes = style.Attributes;
        if (attributes.Length == 0)
            html.Append(escaped);
        else
            html.Append("<span").Append(attributes).Append('>').Append(escaped).Append("</span>");
    }

    /// <summary>Reads one escape sequence (ECMA-48 §5.4 and the operating-system commands) and returns what follows it.</summary>
    private static int ReadEscape(string line, int start, ref AnsiStyle style)
    {
        var position = start + 1;
        if (position >= line.Length)
            return position;
        if (line[position] == ']')
            return AfterOperatingSystemCommand(line, position + 1);
        if (line[position] != '[')
            return position + 1;

        var parameters = ++position;
        while (position < line.Length && line[position] is >= '\u0020' and <= '\u003f')
            position++;
        if (position < line.Length && line[position] == 'm')
            style = style.Apply(line[parameters..position]);
        return Math.Min(position + 1, line.Length);
    }

    private static int AfterOperatingSystemCommand(string line, int position)
    {
        for (; position < line.Length; position++)
        {
            if (line[position] == '\u0007')
                return position + 1;
            if (line[position] == Escape)
                return Math.Min(position + 2, line.Length);
        }
        return position;
    }

    private static string WithoutControls(string text)
    {
        if (!text.Any(IsHarmful))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!IsHarmful(character))
                clean.Append(character);
            else if (character < '\u0020')
                clean.Append((char)('\u2400' + character));
            else if (character == '\u007f')
                clean.Append('\u2421');
            else
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }
        return clean.ToString();
    }

    /// <summary>Controls, and the marks that turn the direction of text: with them a line can read as what it is not.</summary>
    private static bool IsHarmful(char character) =>
        (char.IsControl(character) && character != '\t')
        || character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
