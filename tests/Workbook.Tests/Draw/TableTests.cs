using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class TableTests
{
    private sealed record Run(string Name, double TimeTaken, long BytesRead, TimeSpan Longest, bool Ok);

    private static readonly Run[] Runs =
    [
        new("normal", 891, 1_000_000, TimeSpan.FromSeconds(1.5), true),
        new("no backup", 1283.25, 12, TimeSpan.FromMilliseconds(20), false),
    ];

    [Fact]
    public void Records_become_columns_by_their_properties_with_numbers_to_the_right() => Assert.Equal("""
        Runs
        name       time taken  bytes read  longest  ok
        ─────────  ──────────  ──────────  ───────  ───
        normal            891   1,000,000    1.5 s  yes
        no backup       1,283          12    20 ms  no
        """.ReplaceLineEndings("\n"), Table.Of("Runs", Runs).ToText());

    [Fact]
    public void Columns_can_be_named_and_computed()
    {
        var table = Table.Of("Ratios", Runs, ("run", run => run.Name), ("× normal", run => run.TimeTaken / 891));
        Assert.Contains("no backup      1.44", table.ToText());
        Assert.Contains("normal         1.00", table.ToText());
    }

    [Fact]
    public void The_html_has_caption_headers_and_number_cells() => Assert.Contains(
        "<caption>Runs</caption><thead><tr><th scope=\"col\">run</th><th scope=\"col\" class=\"wb-num\">time</th></tr></thead>"
        + "<tbody><tr><td>normal</td><td class=\"wb-num\">891</td></tr></tbody>",
        Table.Of("Runs", Runs.Take(1), ("run", run => run.Name), ("time", run => (int)run.TimeTaken)).ToHtml());

    [Fact]
    public void What_stands_in_cells_is_escaped()
    {
        var html = Table.Of("<i>", ["<script>alert(1)</script>"], ("<b>", text => text)).ToHtml();
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<i>", html);
        Assert.DoesNotContain("<b>", html);
    }

    [Fact]
    public void Of_many_rows_the_first_are_shown_and_the_table_says_so()
    {
        var table = Table.Of("Seeds", Enumerable.Range(0, 12_000), ("seed", seed => seed)).Rows(3);
        Assert.Equal(["Seeds (rows 1–3 of 12,000)", "seed", "────", "   0", "   1", "   2"], table.ToText().Split('\n'));
        Assert.Equal(12_000, table.Count);
    }

    [Fact]
    public void No_rows_are_said() => Assert.StartsWith("Runs (no rows)", Table.Of("Runs", Array.Empty<Run>()).ToText());

    [Fact]
    public void Missing_and_broken_lines_do_not_break_a_row() =>
        Assert.Equal("t\na  b\n─  ───\n   x y", Table.Of<int>("t", [1], ("a", _ => null), ("b", _ => "x\ny")).ToText());

    [Fact]
    public void Bad_input_is_refused_with_what_to_do()
    {
        Assert.Contains("name the columns", Assert.Throws<ArgumentException>(() => Table.Of("t", ["a"])).Message);
        Assert.Contains("at least one column", Assert.Throws<ArgumentException>(() => Table.Of("t", [1], [])).Message);
        Assert.Contains("give 1 or more", Assert.Throws<ArgumentException>(() => Table.Of("t", Runs).Rows(0)).Message);
    }

    [Fact]
    public void A_column_of_long_texts_is_not_squeezed()
    {
        var html = Table.Of("Tests", [("TestShort", new string('a', 61)), ("b", "c")], ("test", row => row.Item1), ("seen", row => row.Item2)).ToHtml();
        Assert.Contains("<th scope=\"col\">test</th><th scope=\"col\" class=\"wb-long\">seen</th>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_may_be_broken_before_a_word_in_it()
    {
        var html = Table.Of("Rules", ["DenyVotesWhileLeaderIsHeard", "PersistLog", "RaftRules.All & more"], ("rule", name => name)).ToHtml();
        Assert.Contains("<td>DenyVotes<wbr>While<wbr>Leader<wbr>Is<wbr>Heard</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td>PersistLog</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td>RaftRules.All &amp; more</td>", html, StringComparison.Ordinal);
    }
}
