using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Site.Notebooks;

/// <summary>
/// The one way a notebook is written: what Jupyter's nbformat and VS Code write, without outputs and without what a run
/// leaves behind, so that a diff shows what the author changed and nothing else.
/// </summary>
internal static class CanonicalNotebook
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = PlainJsonEncoder.Instance,
    };

    internal static string Write(IEnumerable<JsonObject> cells)
    {
        var root = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells]),
            ["metadata"] = NotebookMetadata(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout))
            WriteSorted(root, writer);
        stream.WriteByte((byte)'\n');
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>A cell's JSON.</summary>
    /// <param name="cell">What it holds.</param>
    /// <param name="original">The cell as it stood in a file, for metadata and attachments that the model does not know.</param>
    internal static JsonObject Cell(Cell cell, JsonObject? original)
    {
        var node = new JsonObject
        {
            ["cell_type"] = cell.Kind.ToString().ToLowerInvariant(),
            ["id"] = cell.Id,
            ["metadata"] = CellMetadata(cell, original?["metadata"] as JsonObject),
            ["source"] = new JsonArray([.. Lines(cell.Source).Select(line => JsonValue.Create(line))]),
        };
        if (original?["attachments"] is { } attachments)
            node["attachments"] = attachments.DeepClone();
        if (cell.Kind == CellKind.Code)
        {
            node["execution_count"] = null;
            node["outputs"] = new JsonArray();
        }
        return node;
    }

    private static JsonObject NotebookMetadata() => new()
    {
        ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = NotebookJson.KernelName },
        ["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" },
        ["polyglot_notebook"] = new JsonObject
        {
            ["kernelInfo"] = new JsonObject
            {
                ["defaultKernelName"] = "csharp",
                ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["name"] = "csharp" }),
            },
        },
    };

    private static JsonObject CellMetadata(Cell cell, JsonObject? original)
    {
        var metadata = original?.DeepClone().AsObject() ?? [];
        metadata.Remove("execution");
        metadata.Remove("vscode");
        metadata.Remove("tags");
        if (cell.Kind == CellKind.Code)
        {
            metadata["dotnet_interactive"] = new JsonObject { ["language"] = "csharp" };
            metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" };
        }
        if (cell.Tags.Count > 0)
            metadata["tags"] = new JsonArray([.. cell.Tags.Select(tag => JsonValue.Create(tag))]);
        if (cell.Answer is { } answer)
            metadata["workbook"] = new JsonObject { ["answer"] = answer };
        return metadata;
    }

    private static IEnumerable<string> Lines(string source)
    {
        for (var start = 0; start < source.Length;)
        {
            var newline = source.IndexOf('\n', start);
            var end = newline < 0 ? source.Length : newline + 1;
            yield return source[start..end];
            start = end;
        }
    }

    private static void WriteSorted(JsonNode? node, Utf8JsonWriter writer)
    {
        switch (node)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (key, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(key);
                    WriteSorted(value, writer);
                }
                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                    WriteSorted(item, writer);
                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
