using Microsoft.DotNet.Interactive.Formatting;
using Workbook.Check;

namespace Workbook.Tests.Check.Formats;

/// <summary>What the notes of lecture 7 say about their example histories.</summary>
public sealed class LectureHistoryTests
{
    [Theory]
    [InlineData(LectureDrawings.History1, "yes: Wx1 Rx1 Wx2 Rx2")]
    [InlineData(LectureDrawings.History3, "yes: Wx0 Wx2 Rx2 Wx1 Rx1")]
    [InlineData(LectureDrawings.History6, "yes: Wx3 Rx3 Wx4")]
    [InlineData(LectureDrawings.DuplicateTable, "yes: Wx10 Rx10 Wx20")]
    public void These_have_one_order(string drawing, string said) => Assert.Equal(said, History.Parse(drawing).IsLinearizable().ToString());

    [Theory]
    [InlineData(LectureDrawings.History2)]
    [InlineData(LectureDrawings.History4)]
    [InlineData(LectureDrawings.History5)]
    public void These_have_none(string drawing) => Assert.Equal(Verdict.No, History.Parse(drawing).IsLinearizable().Verdict);

    [Fact]
    public void Calls_in_an_order_are_parted_by_commas() => Assert.Equal("yes: put(k, 1), get(k) = 1", History.Parse("|-put(k, 1)-| |-get(k) = 1-|").IsLinearizable().ToString());

    [Fact]
    public void The_second_would_have_one_without_its_Rx2() => Assert.Equal("yes: Wx1 Rx1 Wx2", History.Parse("""
          |-Wx1-| |-Wx2-|
                      |-Rx1-|
        """).IsLinearizable().ToString());

    [Fact]
    public void The_sixth_has_one_with_the_other_value_too()
    {
        Assert.Equal("yes: Wx3 Wx4 Rx4", History.Parse(LectureDrawings.History6.Replace("Rx3", "Rx4")).IsLinearizable().ToString());
        Assert.Equal(Verdict.No, History.Parse(LectureDrawings.History6.Replace("Rx3", "Rx5")).IsLinearizable().Verdict);
    }

    [Fact]
    public void A_verdict_at_the_end_of_a_cell_shows_itself_with_its_drawing()
    {
        var verdict = History.Parse(LectureDrawings.History1).IsLinearizable();
        Assert.Matches("""(?s)^<div class="wb-scroll".*<svg class="wb-tl".*>yes: linearizable \(register\)</text>.*<p class="wb-note".*>Order: Wx1 Rx1 Wx2 Rx2\.</p>""",
            verdict.ToDisplayString("text/html"));
        Assert.StartsWith("yes: linearizable (register). Timeline of 3 clients (row 1, row 2 and row 3), 4 operations. Order: Wx1, Rx1, Wx2, Rx2.",
            verdict.ToDisplayString("text/plain"));
    }
}
