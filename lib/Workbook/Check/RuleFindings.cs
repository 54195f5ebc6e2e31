using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Workbook.Draw;

namespace Workbook.Check;

/// <summary>
/// What goes wrong without each of a system's rules: computed, not told. It shows itself as a table with the line that repeats each smallest run, and offers
/// the same as facts, which a page of all rules collects.
/// </summary>
/// <param name="Name">The system's name.</param>
/// <param name="Rows">A row for each rule.</param>
[TypeFormatterSource(PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Plain, MimeTypes.Rules])]
public sealed record RuleFindings(string Name, IReadOnlyList<RuleFinding> Rows) : IDisplay
{
    /// <summary>The rows, each with its smallest run, which all cores look for.</summary>
    internal static RuleFindings Of(string system, IEnumerable<RuleFinding> rows)
    {
        RuleFinding[] all = [.. rows];
        Explore.Shrunk(all.Where(row => row is { Found: not null, IsShrunk: true }).Select(row => row.Found!));
        return new(system, all);
    }

    /// <summary>The rules as a table.</summary>
    public Table ToTable() => Table.Of(
        $"{Name}: what goes wrong without each rule", Rows,
        ("without", row => row.Rule),
        ("source", row => row.Source),
        ("runs that go wrong", row => row.Wrong),
        ("seeds needed", row => Count(row.SeedsNeeded)),
        ("events of the smallest", row => Count(row.Events)),
        ("what is seen", row => row.Seen));

    /// <summary>The facts as JSON: the system, and of each rule what the table has, what it prevents, the line that repeats it, its picture as HTML.</summary>
    public string ToJson() => new JsonObject
    {
        ["system"] = Name,
        ["rules"] = new JsonArray([.. Rows.Select(Facts)]),
    }.ToJsonString();

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle()
    {
        var lines = WebUtility.HtmlEncode(string.Join('\n', Lines()));
        var repeated = lines.Length == 0 ? ""
            : $"<details><summary>The line that repeats each smallest run</summary><pre style=\"white-space:pre-wrap\">{lines}</pre></details>";
        return new(ToTable().ToHtml() + repeated, ToString()) { Facts = (MimeTypes.Rules, ToJson()) };
    }

    /// <summary>The table as text, and the lines that repeat the smallest runs.</summary>
    public override string ToString() => string.Join('\n', [ToTable().ToText(), "", .. Lines()]).TrimEnd('\n');

    private IEnumerable<string> Lines() => Rows.Where(row => row.Repeat is not null).Select(row => $"{row.Rule}: {row.Repeat}");

    private static JsonNode Facts(RuleFinding row) => new JsonObject
    {
        ["rule"] = row.Rule,
        ["source"] = row.Source,
        ["prevents"] = row.Prevents,
        ["allOn"] = row.AllOn,
        ["scripted"] = row.IsScripted,
        ["shrunk"] = row.IsShrunk,
        ["cost"] = row.Cost,
        ["runs"] = row.Found?.Runs,
        ["wrong"] = row.Found?.Violations.Count,
        ["seeds"] = row.SeedsNeeded,
        ["events"] = row.Events,
        ["faults"] = row.Faults,
        ["seen"] = row.Seen,
        ["repeat"] = row.Repeat,
        ["picture"] = row is { Picture: { } picture, IsShrunk: true, Found.Smallest: { } smallest } ? picture(smallest).ToMimeBundle().Html : null,
    };

    private static string Count(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";
}
