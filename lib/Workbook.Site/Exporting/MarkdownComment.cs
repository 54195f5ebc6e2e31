using System.Text;
using System.Text.RegularExpressions;

namespace Workbook.Site.Exporting;

/// <summary>A text cell as comments: paragraphs and items wrapped, tables, headings and code left as they stand.</summary>
internal static partial class MarkdownComment
{
    private const int Widest = 110;

    internal static string Of(string markdown)
    {
        var text = new StringBuilder();
        var paragraph = "";
        var isCode = false;
        foreach (var line in markdown.Trim('\n').Split('\n').Select(line => line.TrimEnd()))
        {
            var isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            isCode ^= isFence;
            if (isFence || isCode || line.TrimStart() is "" or ['|', ..] or ['#', ..])
            {
                End();
                text.Append(line.Length == 0 ? "//" : $"// {line}").Append('\n');
            }
            else if (paragraph.Length > 0 && Start().Match(line).Value.Trim().Length == 0 && !paragraph.EndsWith('\\'))
                paragraph += $" {line.TrimStart()}";
            else
            {
                End();
                paragraph = line;
            }
        }
        End();
        return text.ToString();

        void End()
        {
            if (paragraph.Length > 0)
                Wrap(paragraph, text);
            paragraph = "";
        }
    }

    private static void Wrap(string line, StringBuilder text)
    {
        var start = Start().Match(line).Value;
        var indent = new string(' ', start.Length);
        var row = start;
        foreach (var word in line[start.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (row.Trim().Length > 0 && row != start && row.Length + 1 + word.Length > Widest)
            {
                text.Append("// ").Append(row).Append('\n');
                row = indent;
            }
            row += row.Length == 0 || row[^1] == ' ' ? word : $" {word}";
        }
        text.Append("// ").Append(row).Append('\n');
    }

    /// <summary>What a paragraph or an item begins with, below which its other lines stand.</summary>
    [GeneratedRegex(@"^\s*(([-*+>]|\d+\.) +)*")]
    private static partial Regex Start();
}
