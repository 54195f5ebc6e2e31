using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Workbook.Draw;

/// <summary>
/// A figure as markup that stands by itself: its text alternative, which stays when nothing can be drawn, and a script that draws it with
/// the page's <c>window.Plotly</c>, or with one loaded from a public server and checked against its hash.
/// </summary>
internal static class FigureHtml
{
    /// <summary>The file <c>plotly.min.js</c> of the npm package <c>plotly.js-dist-min</c>, as jsDelivr serves it.</summary>
    public const string Source = "https://cdn.jsdelivr.net/npm/plotly.js-dist-min@4.1.2/plotly.min.js";

    /// <summary>SHA-384 of that file, in the form of the attribute <c>integrity</c>.</summary>
    public const string Integrity = "sha384-hHv6D3tTUUBpp4tVv6t2Dc3oGuRhphmWOTKUR8jWyN0Pnon1g3iebKCNDNmKmxo8";

    private static readonly Lazy<string> Script = new(() => Resource.Text("figure.js"));

    /// <param name="figure">The figure.</param>
    /// <param name="json">The figure's JSON, in which no <c>&lt;</c> stands bare.</param>
    public static string Of(Figure figure, string json)
    {
        var hash = Hash(json);
        var alt = WebUtility.HtmlEncode(figure.Alt);
        // A figure that moves has controls, which `img` would hide from a screen reader.
        var role = figure.Moments.IsEmpty ? "img" : "group";
        return string.Create(CultureInfo.InvariantCulture, $"""
            <div class="wb-figure" data-figure="{hash}" role="{role}" aria-label="{alt}">{alt}</div>
            <script>
            {Script.Value.TrimEnd()}({json}, "{hash}", "{Source}", "{Integrity}");
            </script>
            """);
    }

    /// <summary>Twelve hexadecimal digits that stand for a text: the same text has the same ones everywhere.</summary>
    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));
}

/// <summary>Scripts and styles that are real files in the source and part of the compiled library.</summary>
internal static class Resource
{
    public static string Text(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream($"Workbook.Draw.{name}")
            ?? throw new InvalidOperationException($"The library was built without its file Draw/{name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
