using System.Globalization;
using System.Text.Json;

namespace Workbook.Site.Pages;

/// <summary>
/// Reads the facts that cells showed. They come from whatever library a notebook loads, so anything may be in them: what has another type counts as
/// missing, and what cannot be read at all is left out with one sentence.
/// </summary>
internal static class FactReader
{
    /// <summary>The facts of one kind that can be read, each with its place; and a sentence for each that cannot.</summary>
    public static (IReadOnlyList<T> Read, IReadOnlyList<string> Complaints) Read<T>(
        IEnumerable<(LectureCard Lecture, CourseFact Fact)> facts, string what, Func<JsonElement, T?> read)
        where T : class
    {
        List<T> found = [];
        List<string> complaints = [];
        foreach (var (lecture, fact) in facts)
        {
            T? one = null;
            try
            {
                using var document = JsonDocument.Parse(fact.Json);
                one = document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                // Said below, as for facts that are well formed and hold nothing.
            }
            if (one is not null)
                found.Add(one);
            else
                complaints.Add($"A cell of “{lecture.Title}” showed {what} that cannot be read; they are left out here.");
        }
        return (found, [.. complaints.Distinct()]);
    }

    /// <summary><c>1 rule</c>, <c>2 rules</c>.</summary>
    public static string Counted(int count, string noun) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>One member's text; empty when it has none, or nothing can be read.</summary>
    public static string Member(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Text(name) : "";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>A member's text, or that of its number; empty when it has neither.</summary>
    public static string Text(this JsonElement facts, string name) => !facts.TryGetProperty(name, out var member) ? "" : member.ValueKind switch
    {
        JsonValueKind.String => member.GetString()!,
        JsonValueKind.Number => member.TryGetInt64(out var whole) ? whole.ToString("N0", CultureInfo.InvariantCulture) : member.GetRawText(),
        _ => "",
    };

    /// <summary>A member's number; null when it has none.</summary>
    public static long? Number(this JsonElement facts, string name) =>
        facts.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number) ? number : null;

    /// <summary>Whether a member is true.</summary>
    public static bool Is(this JsonElement facts, string name) => facts.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.True;

    /// <summary>The objects of a member that is a list; none when it is not.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement facts, string name) =>
        facts.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Array
            ? member.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.Object)
            : [];
}
