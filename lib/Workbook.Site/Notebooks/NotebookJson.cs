using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Workbook.Site.Notebooks;

/// <summary>From JSON to cells, with a sentence for all that can be wrong on the way.</summary>
internal static partial class NotebookJson
{
    /// <summary>The kernel's name in a C# notebook's metadata, as Polyglot Notebooks writes it.</summary>
    internal const string KernelName = ".net-csharp";

    internal static JsonObject Parse(string path, string json)
    {
        if (json.Contains("\n<<<<<<< ", StringComparison.Ordinal))
            throw new NotebookException($"{path} holds the marks of a merge conflict; resolve it first.");
        try
        {
            var root = JsonNode.Parse(json) as JsonObject
                ?? throw new NotebookException($"{path} is JSON, but not a notebook: its top is not an object.");
            CheckKind(path, root);
            return root;
        }
        catch (JsonException error) when (error.Message.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            throw new NotebookException($"{path} is JSON, but not a notebook: it is nested too deep at line {error.LineNumber + 1}.", error);
        }
        catch (JsonException error)
        {
            throw new NotebookException($"{path} is not JSON: it breaks at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.", error);
        }
        catch (ArgumentException error)
        {
            // JsonObject finds a key that stands twice only when it is first looked into.
            throw new NotebookException($"{path} has an object with the same key twice.", error);
        }
    }

    internal static List<Cell> Cells(string path, JsonObject root)
    {
        if (root["cells"] is not JsonArray nodes)
            throw new NotebookException($"{path} has no list of cells.");
        var seen = new Dictionary<string, int>();
        var cells = new List<Cell>();
        foreach (var node in nodes)
        {
            var where = $"{path}, cell {cells.Count + 1}";
            var cell = WholeCell(where, node as JsonObject ?? throw new NotebookException($"{where} is not an object."));
            if (!seen.TryAdd(cell.Id, cells.Count + 1))
                throw new NotebookException($"{where} has the id “{cell.Id}” of cell {seen[cell.Id]}; give it another.");
            cells.Add(cell);
        }
        return cells;
    }

    private static void CheckKind(string path, JsonObject root)
    {
        if (Number(root["nbformat"]) is not { } major)
            throw new NotebookException($"{path} is JSON, but not a notebook: it has no nbformat.");
        if (major != 4 || Number(root["nbformat_minor"]) is not >= 5)
            throw new NotebookException(
                $"{path} is written in nbformat {major}.{Number(root["nbformat_minor"]) ?? 0}; open and save it in an editor that writes 4.5.");
        if (root["metadata"] is not JsonObject metadata || metadata["kernelspec"] is not JsonObject kernel)
            throw new NotebookException($"{path} has no metadata.kernelspec; a C# notebook names the kernel “{KernelName}” there.");
        if (Text(kernel["name"]) is var name && name != KernelName)
            throw new NotebookException($"{path} is a notebook for the kernel “{name}”; only C# (“{KernelName}”) can be run.");
    }

    private static Cell WholeCell(string where, JsonObject node)
    {
        try
        {
            return ReadCell(where, node);
        }
        catch (InvalidOperationException error)
        {
            // JSON can spell what no text can hold.
            throw new NotebookException($"{where} holds half of a character, an escape from \\ud800 to \\udfff without its other half; take it out.", error);
        }
        catch (ArgumentException error)
        {
            throw new NotebookException($"{where} has an object with the same key twice.", error);
        }
    }

    private static Cell ReadCell(string where, JsonObject node)
    {
        var kind = Text(node["cell_type"]) switch
        {
            "markdown" => CellKind.Markdown,
            "code" => CellKind.Code,
            "raw" => CellKind.Raw,
            var other => throw new NotebookException($"{where} has the cell_type “{other}”; code, markdown and raw are known."),
        };
        if (Text(node["id"]) is not { } id || !IdPattern().IsMatch(id))
            throw new NotebookException($"{where} has no id of 1 to 64 letters, digits, - and _.");
        var metadata = node["metadata"] as JsonObject ?? throw new NotebookException($"{where} (id {id}) has no metadata.");
        var language = Text(metadata["polyglot_notebook"]?["kernelName"]) ?? Text(metadata["dotnet_interactive"]?["language"]);
        if (kind == CellKind.Code && language is not (null or "csharp"))
            throw new NotebookException($"{where} (id {id}) is written in {language}; only C# can be run.");
        return new Cell(id, kind, Source(where, node["source"]), Tags(where, metadata["tags"]));
    }

    private static string Source(string where, JsonNode? node)
    {
        var text = node is JsonArray lines ? string.Concat(lines.Select(line => Text(line) ?? throw NoText())) : Text(node) ?? throw NoText();
        return text.ReplaceLineEndings("\n");

        NotebookException NoText() => new($"{where} has no source: a string or a list of strings.");
    }

    private static IReadOnlyList<string> Tags(string where, JsonNode? node) => node switch
    {
        null => [],
        JsonArray tags => [.. tags.Select(tag => Text(tag) ?? throw new NotebookException($"{where} has a tag that is not a string."))],
        _ => throw new NotebookException($"{where} has tags that are not a list."),
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex IdPattern();
}
