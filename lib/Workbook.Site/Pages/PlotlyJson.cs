using System.Text.Json;

namespace Workbook.Site.Pages;

/// <summary>Reads from a figure's JSON what the page must know before any script has run.</summary>
internal static class PlotlyJson
{
    /// <summary>Plotly's own height for a figure that names none, in pixels.</summary>
    private const int DefaultHeight = 450;

    /// <summary>
    /// The JSON object as it may stand inside a script element, its height, and whether it moves; null when it is not a figure.
    /// </summary>
    public static (string Json, int Height, bool Moves)? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind switch
            {
                // Some formatters hand the figure over as a string that holds the JSON.
                JsonValueKind.String => Read(document.RootElement.GetString()!),
                JsonValueKind.Object when document.RootElement.TryGetProperty("data", out _) =>
                    (Embeddable(json), HeightOf(document.RootElement), Moves(document.RootElement)),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>In JSON a <c>&lt;</c> stands inside strings only, where <c>\u003c</c> means the same and ends no script element.</summary>
    private static string Embeddable(string json) => json.Replace("<", "\\u003c", StringComparison.Ordinal);

    private static bool Moves(JsonElement figure) =>
        figure.TryGetProperty("frames", out var frames) && frames.ValueKind == JsonValueKind.Array && frames.GetArrayLength() > 0;

    private static int HeightOf(JsonElement figure) =>
        figure.TryGetProperty("layout", out var layout)
        && layout.ValueKind == JsonValueKind.Object
        && layout.TryGetProperty("height", out var height)
        && height.ValueKind == JsonValueKind.Number
        && height.GetDouble() is >= 10 and <= 5000
            ? (int)height.GetDouble()
            : DefaultHeight;
}
