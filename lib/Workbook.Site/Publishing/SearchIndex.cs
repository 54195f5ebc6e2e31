using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Workbook.Site.Pages;

namespace Workbook.Site.Publishing;

/// <summary>
/// The file that the search reads. It is a script, since a page opened from a file may load scripts and nothing else; pages load it when
/// the search is opened for the first time.
/// </summary>
internal static partial class SearchIndex
{
    /// <summary>The file's address, relative to the site's folder.</summary>
    public const string File = "assets/search-index.js";

    private const string Opening = "window.workbookSearch = ";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>The file's text: each page's address and title once, then the records.</summary>
    /// <param name="records">What can be found.</param>
    /// <param name="engine">The name of the script beside it that finds; null when there is none, and pages look for themselves.</param>
    public static string Format(IEnumerable<SearchRecord> records, string? engine)
    {
        var pages = records.GroupBy(record => record.Page, StringComparer.Ordinal).ToArray();
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            json.WriteString("engine", engine);
            json.WriteStartArray("pages");
            foreach (var page in pages)
                WriteRow(json, page.Key, page.First().Title);
            json.WriteEndArray();
            json.WriteStartArray("records");
            for (var index = 0; index < pages.Length; index++)
                foreach (var record in pages[index])
                {
                    json.WriteStartArray();
                    json.WriteNumberValue(index);
                    foreach (var value in new[] { record.Section, record.Id, Spaces().Replace(record.Text, " "), record.Code })
                        json.WriteStringValue(value);
                    json.WriteEndArray();
                }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Opening + Encoding.UTF8.GetString(stream.ToArray()) + ";\n";
    }

    /// <summary>The records of a file that <see cref="Format"/> wrote; none when there is no such file.</summary>
    public static IReadOnlyList<SearchRecord> Read(string file)
    {
        try
        {
            var text = System.IO.File.ReadAllText(file);
            using var document = JsonDocument.Parse(text[Opening.Length..].TrimEnd('\n', ';'));
            var pages = document.RootElement.GetProperty("pages").EnumerateArray().ToArray();
            return document.RootElement.GetProperty("records").EnumerateArray().Select(row =>
            {
                var page = pages[row[0].GetInt32()];
                return new SearchRecord(
                    page[0].GetString()!, page[1].GetString()!, row[1].GetString()!, row[2].GetString()!, row[3].GetString()!, row[4].GetString()!);
            }).ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or ArgumentException
            or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return [];
        }
    }

    private static void WriteRow(Utf8JsonWriter json, string first, string second)
    {
        json.WriteStartArray();
        json.WriteStringValue(first);
        json.WriteStringValue(second);
        json.WriteEndArray();
    }
}
