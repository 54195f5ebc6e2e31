using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Workbook.Site.Sources;

/// <summary>The first sentence of what a library's documentation file says of its types and members.</summary>
internal sealed partial class Summaries
{
    private const int Longest = 300;

    /// <summary>Read once a process: the file of a large library takes longer than a page.</summary>
    private static readonly ConcurrentDictionary<(string File, DateTime Written), Summaries> Known = new();

    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    [GeneratedRegex(@"^.+?[.!?](?=\s+\p{Lu}|\s*$)", RegexOptions.Singleline)]
    private static partial Regex FirstSentence();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private Summaries(string file)
    {
        try
        {
            foreach (var member in XDocument.Load(file).Descendants("member"))
                _members[(string?)member.Attribute("name") ?? ""] = member;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or XmlException)
        {
            // A library without documentation is shown without.
        }
    }

    /// <summary>The documentation beside a library; empty when there is none.</summary>
    public static Summaries Beside(string library)
    {
        var file = Path.ChangeExtension(library, ".xml");
        return Known.GetOrAdd((file, File.Exists(file) ? File.GetLastWriteTimeUtc(file) : default), key => new Summaries(key.File));
    }

    /// <summary>The sentence as plain text; null when nothing is said of the symbol.</summary>
    public string? Of(ISymbol symbol)
    {
        var definition = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        if (definition.OriginalDefinition.GetDocumentationCommentId() is not { } id)
            return null;
        if (_members.TryGetValue(id, out var member) && member.Element("summary") is { } summary)
            return Sentence(summary);
        if (definition.ContainingType?.OriginalDefinition.GetDocumentationCommentId() is not { } typeId || !_members.TryGetValue(typeId, out var type))
            return null;

        // A record's documentation speaks of its properties as parameters, and a constructor makes what the type is.
        return definition switch
        {
            IPropertySymbol when type.Elements("param").FirstOrDefault(one => (string?)one.Attribute("name") == definition.Name) is { } parameter =>
                Sentence(parameter),
            IMethodSymbol { MethodKind: MethodKind.Constructor } when type.Element("summary") is { } made => Sentence(made),
            _ => null,
        };
    }

    private static string? Sentence(XElement element)
    {
        var text = new StringBuilder();
        Append(text, element);
        var plain = Spaces().Replace(text.ToString(), " ").Trim();
        if (FirstSentence().Match(plain) is { Success: true } sentence)
            plain = sentence.Value;
        return plain.Length == 0 ? null : plain.Length <= Longest ? plain : plain[..Longest].TrimEnd() + "…";
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
            if (node is XText words)
                text.Append(words.Value);
            else if (node is XElement { Name.LocalName: "para" or "list" or "item" or "code" } block)
                Append(text.Append(' '), block);
            else if (node is XElement inner && inner.Nodes().Any())
                Append(text, inner);
            else if (node is XElement reference)
                text.Append(LastName(
                    (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name") ?? (string?)reference.Attribute("langword") ?? ""));
    }

    /// <summary><c>M:Workbook.Raft.RaftCluster.Crash(Workbook.Sim.NodeId)</c> as <c>Crash</c>.</summary>
    private static string LastName(string id)
    {
        var name = id.Split('(')[0];
        return name[(name.LastIndexOfAny(['.', ':']) + 1)..].Split('`')[0];
    }
}
