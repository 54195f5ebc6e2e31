using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;
using Workbook.Bitcoin;
using Workbook.Check;
using Workbook.KeyValue;
using Workbook.MapReduce.Cluster;
using Workbook.Sim;
using RaftTable = Workbook.Raft.RuleTable;

namespace Workbook.Tests.Check;

public sealed partial class RuleFindingTests
{
    private static readonly RuleFinding Rule = new("checking", "§1", "numbers become odd");

    [Fact]
    public void A_row_says_how_many_seeds_it_took_and_how_to_repeat_the_smallest_run()
    {
        var row = Rule.InSeeds(20, seed => Odd(seed, 7));

        Assert.Equal((8, "13 of 20"), (row.SeedsNeeded, row.Wrong));
        Assert.Matches(@"^Odd\(\d+, 7\)$", row.Repeat);
        Assert.Equal($"It was {Regex.Match(row.Repeat!, @"\d+").Value}.", row.Seen);
    }

    [Fact]
    public void A_row_that_is_not_made_smaller_shows_the_first_that_went_wrong()
    {
        var row = (Rule with { IsShrunk = false }).In(20, schedule => Odd(schedule.Seed, 7));

        Assert.Equal("It was 7.", row.Seen);
        Assert.Equal("Odd(7.Seed, 7)", row.Repeat);
        Assert.Null(row.Faults);
    }

    [Fact]
    public void Where_nothing_goes_wrong_the_row_has_nothing_to_repeat()
    {
        var row = Rule.InSeeds(3, seed => Odd(seed, 7));

        Assert.Equal(("nothing", "0 of 3"), (row.Seen, row.Wrong));
        Assert.Null(row.Repeat);
        Assert.Null(row.SeedsNeeded);
        Assert.Null(row.Events);
    }

    [Fact]
    public void Findings_show_themselves_as_a_table_and_as_facts()
    {
        var found = new RuleFindings("A <system>", [Rule.InSeeds(20, seed => Odd(seed, 7)), Rule.Costs("Twice the time.")]);

        Assert.Equal(["application/vnd.workbook.rules+json", "text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(RuleFindings)).Order());
        var facts = JsonNode.Parse(found.ToDisplayString("application/vnd.workbook.rules+json"))!;
        Assert.Equal("A <system>", (string?)facts["system"]);
        var first = facts["rules"]![0]!;
        Assert.Equal(("checking", 20, 13, 8L), ((string?)first["rule"], (int)first["runs"]!, (int)first["wrong"]!, (long)first["seeds"]!));
        Assert.Equal(found.Rows[0].Repeat, (string?)first["repeat"]);
        Assert.Equal("Twice the time.", (string?)facts["rules"]![1]!["cost"]);
        Assert.Contains("A &lt;system&gt;", found.ToDisplayString("text/html"));
        Assert.Contains(found.Rows[0].Repeat!, found.ToDisplayString("text/plain"));
    }

    [Fact]
    public void A_picture_of_the_smallest_run_is_among_the_facts()
    {
        var rules = MapReduceRules.All with { FirstCompletionOnly = false };
        var found = RuleTable.Explore(30);

        var facts = JsonNode.Parse(found.ToJson())!["rules"]!.AsArray().Single(rule => (string?)rule!["rule"] == "first completion only")!;
        Assert.Contains("<svg", (string?)facts["picture"]);
        var seed = ulong.Parse(Regex.Match((string)facts["repeat"]!, @"WordCount\((\d+)").Groups[1].Value);
        Assert.Equal((string?)facts["seen"], MapReduceScenes.WordCount(seed, rules).Violation);
    }

    /// <summary>The lines name scenes and rules as they are written; a renamed one must not be left behind in a text.</summary>
    [Fact]
    public void Every_line_names_a_scene_and_a_rule_that_exist()
    {
        RuleFinding[] rows = [.. RaftTable.Explore(2).Rows, .. KeyValueRuleTable.Explore(2).Rows, .. BitcoinRuleTable.Explore(1).Rows];
        var lines = rows.Select(row => row.Repeat).OfType<string>().ToList();

        Assert.True(lines.Count > 15, string.Join('\n', lines));
        Assert.All(lines, line =>
        {
            var scene = SceneCall().Match(line);
            var methods = Find(scene.Groups["type"].Value).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name);
            Assert.Contains(scene.Groups["method"].Value, methods);
            Assert.All(RuleOff().Matches(line), off =>
                Assert.Equal(typeof(bool), Find(off.Groups["type"].Value).GetProperty(off.Groups["rule"].Value)?.PropertyType));
            Assert.DoesNotContain("rule.", line);
        });
    }

    private static Type Find(string name) => typeof(RuleFinding).Assembly.GetExportedTypes().Single(type => type.Name == name);

    private static SceneRun Odd(ulong seed, ulong least)
    {
        var run = new Simulation(seed);
        run.RunFor(1.Seconds());
        return new SceneRun(seed >= least ? $"It was {seed}." : null, run);
    }

    [GeneratedRegex(@"^(?<type>\w+)\.(?<method>\w+)\(")]
    private static partial Regex SceneCall();

    [GeneratedRegex(@"(?<type>\w+Rules)\.All with \{ (?<rule>\w+) = false \}")]
    private static partial Regex RuleOff();
}
