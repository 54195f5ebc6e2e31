using System.Globalization;
using System.Text.Json;

namespace Workbook.Site.Pages;

/// <summary>A rule of a system, ready to be laid out.</summary>
/// <param name="Id">The id of its element.</param>
/// <param name="Name">The rule.</param>
/// <param name="Source">Where the paper has it; may be empty.</param>
/// <param name="Prevents">What goes wrong without it, in general; may be empty.</param>
/// <param name="Seen">What was seen without it; null when nothing was.</param>
/// <param name="Found">How many runs go wrong; empty where none does and the rule saves something else.</param>
/// <param name="Seeds">How many seeds it took; empty when nothing was found.</param>
/// <param name="Smallest">The size of the smallest run; empty when there is none.</param>
/// <param name="Repeat">The line that repeats it; empty when there is none.</param>
/// <param name="Picture">The run drawn, as HTML; empty when it is not.</param>
/// <param name="Place">The cell that found it.</param>
public sealed record RuleEntry(
    string Id, string Name, string Source, string Prevents, string? Seen, string Found, string Seeds, string Smallest, string Repeat, string Picture,
    PlaceInLecture Place);

/// <summary>The rules of one system.</summary>
/// <param name="Id">The id of its heading.</param>
/// <param name="Name">The system.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Control">What was seen with all rules on, in one sentence; null when that was not looked at here.</param>
/// <param name="Places">The cells that found them.</param>
public sealed record SystemRules(string Id, string Name, IReadOnlyList<RuleEntry> Rules, string? Control, IReadOnlyList<PlaceInLecture> Places);

/// <summary>Every rule of the course, as the cells of its lectures found it.</summary>
/// <param name="Systems">The systems, in reading order.</param>
/// <param name="Complaints">One sentence for each cell whose facts cannot be read.</param>
public sealed record RulesPage(IReadOnlyList<SystemRules> Systems, IReadOnlyList<string> Complaints)
{
    /// <summary>How many rules there are.</summary>
    public int Count => Systems.Sum(system => system.Rules.Count);

    /// <summary>How many of them have an anomaly that was found.</summary>
    public int FoundCount => Systems.Sum(system => system.Rules.Count(rule => rule.Seeds.Length > 0));

    /// <summary>What the search can find in it.</summary>
    public IReadOnlyList<SearchRecord> Search =>
    [
        .. from system in Systems
           from rule in system.Rules
           select CoursePage.Rules.Record($"{system.Name}: {rule.Name}", rule.Id, $"{rule.Prevents} {rule.Seen}"),
    ];

    /// <summary>Puts together what cells showed. A rule that two cells found stands there once, as the first one found it.</summary>
    public static RulesPage Of(IEnumerable<(LectureCard Lecture, CourseFact Fact)> facts)
    {
        var shown = facts.Where(each => each.Fact.Kind == CourseFact.Rules).ToList();
        List<Row> rows = [];
        List<string> complaints = [];
        foreach (var each in shown)
        {
            var (read, complained) = FactReader.Read([each], "rules", document => Rows(document, new PlaceInLecture(each.Lecture, each.Fact.Cell)));
            rows.AddRange(read.SelectMany(all => all));
            complaints.AddRange(complained);
        }

        var ids = new PageIds();
        return new RulesPage([.. rows.GroupBy(row => row.System).Select(system => System(system.Key, [.. system], ids))], [.. complaints.Distinct()]);
    }

    private sealed record Row(string System, bool AllOn, string Control, RuleEntry Entry);

    private static List<Row>? Rows(JsonElement document, PlaceInLecture place)
    {
        var system = document.Text("system");
        List<Row> rows = [.. document.Objects("rules").Where(rule => rule.Text("rule").Length > 0).Select(rule => ToRow(system, rule, place))];
        return system.Length > 0 && rows.Count > 0 ? rows : null;
    }

    private static Row ToRow(string system, JsonElement rule, PlaceInLecture place)
    {
        var (cost, seeds, events) = (rule.Text("cost"), rule.Number("seeds"), rule.Number("events"));
        var isFound = seeds is not null;
        var runs = $"{rule.Text("wrong")} of {rule.Text("runs")}";
        var found = cost.Length > 0 ? "" : !isFound ? $"none of {rule.Text("runs")}" : rule.Is("scripted") ? $"{runs}, in a scripted scene" : runs;
        return new Row(system, rule.Is("allOn"), isFound ? $"With all rules on, {runs} runs went wrong." : $"With all rules on, nothing went wrong in {rule.Text("runs")} runs.",
            new RuleEntry(
                "", rule.Text("rule"), rule.Text("source"), rule.Text("prevents"), cost.Length > 0 ? cost : isFound ? rule.Text("seen") : null, found,
                isFound ? Number(seeds!.Value) : "", events is { } size && isFound ? Size(size, rule) : "", isFound ? rule.Text("repeat") : "",
                isFound ? rule.Text("picture") : "", place));
    }

    private static string Size(long events, JsonElement rule) => string.Join(", ", new[]
    {
        events == 1 ? "1 event" : $"{Number(events)} events",
        rule.Number("faults") switch { null or 0 => "", 1 => "1 fault", { } many => $"{Number(many)} faults" },
        rule.Is("shrunk") ? "" : "as it was drawn",
    }.Where(part => part.Length > 0));

    private static SystemRules System(string name, IReadOnlyList<Row> rows, PageIds ids)
    {
        var id = ids.Take(name);
        return new SystemRules(
            id, name,
            [.. rows.Where(row => !row.AllOn).DistinctBy(row => row.Entry.Name).Select(row => row.Entry with { Id = ids.Take($"{name} {row.Entry.Name}") })],
            rows.FirstOrDefault(row => row.AllOn)?.Control, [.. rows.Select(row => row.Entry.Place).Distinct()]);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
