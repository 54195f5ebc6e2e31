using System.Net;

namespace Workbook.Draw;

/// <summary>One value in the forms that notebooks choose from.</summary>
/// <param name="Html">Markup that stands by itself: it needs no script or style from the page around it.</param>
/// <param name="Plain">The same for a terminal or a screen reader.</param>
/// <param name="Plotly">A figure as Plotly's JSON, where there is one.</param>
public sealed record MimeBundle(string Html, string Plain, string? Plotly = null)
{
    /// <summary>
    /// The same as facts, for a page that collects those of all notebooks: JSON, and the MIME type that says of what kind; null where there are none.
    /// </summary>
    public (string MimeType, string Json)? Facts { get; init; }

    /// <summary>The text in one MIME type, or null when there is none.</summary>
    public string? this[string mimeType] => mimeType switch
    {
        _ when mimeType == Facts?.MimeType => Facts?.Json,
        MimeTypes.Html => Html,
        MimeTypes.Plain => Plain,
        MimeTypes.Plotly => Plotly,
        _ => null,
    };

    /// <summary>Several pictures as one, the first at the top. It is no longer a Plotly figure, even when all parts were.</summary>
    public static MimeBundle Below(params IReadOnlyList<IDisplay> parts)
    {
        var bundles = parts.Select(part => part.ToMimeBundle()).ToList();
        return new(string.Join('\n', bundles.Select(bundle => bundle.Html)), string.Join("\n\n", bundles.Select(bundle => bundle.Plain)));
    }

    /// <summary>Lines of text, shown as they stand.</summary>
    public static MimeBundle Text(string lines) => new($"<pre class=\"wb-text\" style=\"white-space:pre-wrap\">{WebUtility.HtmlEncode(lines)}</pre>", lines);
}

/// <summary>The MIME types that values of this library show themselves in.</summary>
public static class MimeTypes
{
    public const string Html = "text/html";
    public const string Plain = "text/plain";
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>What was found without each rule of a system, as JSON (<c>Check/RuleFindings.cs</c> writes it).</summary>
    public const string Rules = "application/vnd.workbook.rules+json";

    /// <summary>Published numbers beside ours, as JSON (<see cref="Comparison"/> writes it).</summary>
    public const string Comparison = "application/vnd.workbook.comparison+json";
}
