using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class ComparisonTests
{
    private static readonly Comparison Sort = new("MapReduce (OSDI 2004)", "Figure 3", "a sort");

    [Theory]
    [InlineData(891, 891, "none")]
    [InlineData(891, 891.1, "none")]
    [InlineData(891, 927, "+4.0 %")]
    [InlineData(933, 840, "−10 %")]
    [InlineData(100, 90.1, "−9.9 %")]
    [InlineData(35, 152, "× 4.3")]
    [InlineData(184, 12, "−93 %")]
    [InlineData(0, 0, "none")]
    [InlineData(0, 2, "more")]
    [InlineData(3, -1, "less")]
    public void The_gap_is_what_ours_is_of_the_published_number(double published, double ours, string gap) =>
        Assert.Equal(gap, Sort.Row("normal", published, ours).Rows[0].Gap);

    [Theory]
    [InlineData(Bound.MoreThan, 10, 12, "none")]
    [InlineData(Bound.MoreThan, 10, 9, "−10 %")]
    [InlineData(Bound.LessThan, 10, 3, "none")]
    [InlineData(Bound.LessThan, 10, 25, "× 2.5")]
    public void A_bound_that_is_kept_leaves_no_gap(Bound bound, double published, double ours, string gap) =>
        Assert.Equal(gap, Sort.Row("without a leader", published, ours, "s", bound).Rows[0].Gap);

    [Fact]
    public void Ours_is_rounded_to_the_digits_that_are_printed_before_it_is_compared()
    {
        Assert.Equal("none", (Sort with { Decimals = 7 }).Row("z = 10", 0.0000012, 0.00000124).Rows[0].Gap);
        Assert.Equal("+3.3 %", Sort.Row("z = 10", 0.0000012, 0.00000124).Rows[0].Gap);
        Assert.Equal("0.0000012", (Sort with { Decimals = 7 }).Row("z = 10", 0.0000012, 0.00000124).Rows[0].Ours);
    }

    [Fact]
    public void It_shows_itself_as_a_table_and_as_facts()
    {
        var value = Sort.Row("normal", 891, 927, "s").LeftOut("<grep>", "150 s", "Nobody ran it.").Because("Slow & steady.").Beside("again", "s", [900, 150]);

        Assert.Equal(["application/vnd.workbook.comparison+json", "text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(Comparison)).Order());
        var facts = JsonNode.Parse(value.ToDisplayString("application/vnd.workbook.comparison+json"))!;
        Assert.Equal("Figure 3", (string?)facts["figure"]);
        Assert.Equal("Slow & steady.", (string?)facts["reason"]);
        Assert.Equal(["891 s", "927 s", "+4.0 %"], new[] { "published", "ours", "gap" }.Select(name => (string?)facts["rows"]![0]![name]));
        Assert.Null(facts["rows"]![1]!["ours"]);
        Assert.Contains("&lt;grep&gt;: Nobody ran it.", value.ToDisplayString("text/html"));
        Assert.Contains("900 s", value.ToDisplayString("text/plain"));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_with_the_way_out()
    {
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => Sort.Row("normal", 891, double.NaN)).Message);
        Assert.Contains("after the rows", Assert.Throws<ArgumentException>(() => Sort.Row("normal", 1, 1).Beside("again", "", [1, 2])).Message);
        Assert.Throws<InvalidOperationException>(() => Sort.Row("normal", 1, 1).Beside("again", "", [1]).Row("late", 1, 1));
        Assert.Throws<ArgumentException>(() => Sort.Row(" ", 1, 1));
        Assert.Throws<ArgumentException>(() => Sort.LeftOut("grep", "150 s", ""));
    }
}
