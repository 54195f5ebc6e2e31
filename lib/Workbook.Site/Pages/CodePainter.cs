using System.Net;
using System.Text;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.Text;

namespace Workbook.Site.Pages;

/// <summary>What a name in code is: its place in the page's table of symbols, and the address of its declaration when that has one.</summary>
internal sealed record SymbolMark(int Index, string? Href);

/// <summary>Code with Roslyn's classifications as HTML.</summary>
internal static class CodePainter
{
    /// <summary>Paints a part of a text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="part">The part to paint.</param>
    /// <param name="spans">The classified spans, by place.</param>
    /// <param name="marks">What is known of names, by where they begin.</param>
    /// <param name="isByLine">Whether each line must be well-formed HTML by itself.</param>
    public static string Paint(
        string text, TextSpan part, IEnumerable<ClassifiedSpan> spans, IReadOnlyDictionary<int, SymbolMark>? marks = null, bool isByLine = false)
    {
        var html = new StringBuilder();
        var position = part.Start;
        var met = new HashSet<int>();

        // Some spans are classified twice, as what they are and as static.
        foreach (var same in spans.Where(span => span.TextSpan.Start >= part.Start && span.TextSpan.End <= part.End).GroupBy(span => span.TextSpan))
        {
            var name = same.Select(span => ClassOf(span.ClassificationType)).FirstOrDefault(name => name is not null);
            var mark = marks?.GetValueOrDefault(same.Key.Start);
            if (same.Key.Start < position || (name is null && mark is null))
                continue;
            html.Append(WebUtility.HtmlEncode(text[position..same.Key.Start]));
            position = same.Key.End;
            var (open, close) = Tags(name, mark, mark is not null && !met.Add(mark.Index));
            var inner = WebUtility.HtmlEncode(text[same.Key.Start..position]);
            html.Append(open).Append(isByLine ? inner.Replace("\n", close + "\n" + open, StringComparison.Ordinal) : inner).Append(close);
        }
        return html.Append(WebUtility.HtmlEncode(text[position..part.End])).ToString();
    }

    /// <summary>In one piece of code the tab key stops at a name's first link only; all of them can be clicked.</summary>
    private static (string Open, string Close) Tags(string? name, SymbolMark? mark, bool isRepeated)
    {
        var style = name is null ? "" : $" class=\"{name}\"";
        if (mark is null)
            return ($"<span{style}>", "</span>");
        return mark.Href is null
            ? ($"<span{style} data-s=\"{mark.Index}\">", "</span>")
            : ($"<a{style} href=\"{WebUtility.HtmlEncode(mark.Href)}\" data-s=\"{mark.Index}\"{(isRepeated ? " tabindex=\"-1\"" : "")}>", "</a>");
    }

    private static string? ClassOf(string classification) => classification switch
    {
        ClassificationTypeNames.Keyword or ClassificationTypeNames.ControlKeyword => "k",
        ClassificationTypeNames.StringLiteral or ClassificationTypeNames.VerbatimStringLiteral => "s",
        ClassificationTypeNames.StringEscapeCharacter => "e",
        ClassificationTypeNames.NumericLiteral => "n",
        ClassificationTypeNames.Comment => "c",
        ClassificationTypeNames.PreprocessorKeyword or ClassificationTypeNames.PreprocessorText => "d",
        ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => "m",
        ClassificationTypeNames.ClassName or ClassificationTypeNames.RecordClassName or ClassificationTypeNames.StructName
            or ClassificationTypeNames.RecordStructName or ClassificationTypeNames.InterfaceName or ClassificationTypeNames.EnumName
            or ClassificationTypeNames.DelegateName or ClassificationTypeNames.TypeParameterName => "t",
        ClassificationTypeNames.PropertyName or ClassificationTypeNames.ConstantName
            or ClassificationTypeNames.EnumMemberName or ClassificationTypeNames.EventName => "p",

        // Not so FieldName: to Roslyn a script's variables are fields, to a reader they are variables.
        _ when classification.StartsWith("xml doc comment", StringComparison.Ordinal) => "c",
        _ => null,
    };
}
