using Workbook.Check;
using Workbook.Draw;
using Workbook.Tests.Check.Formats;

namespace Workbook.Tests.Check.Linearizable;

public sealed class PictureTests
{
    [Fact]
    public void A_yes_numbers_the_operations_by_their_order() => Assert.Equal(
        ["Wx1 1", "Wx2 3", "Rx2 4", "Rx1 2"],
        History.Parse(LectureDrawings.History1).IsLinearizable().Drawing().Bars.Select(bar => $"{bar.Label} {bar.Place}"));

    [Fact]
    public void What_got_no_reply_is_open_and_has_a_place_when_its_effect_was_seen()
    {
        var bars = History.Parse("C1: |-Wx1---   |-Wx3---\nC2:        |-Rx1-|").IsLinearizable().Drawing().Bars;
        Assert.Equal([(true, 1), (true, null), (false, 2)], bars.Select(bar => (bar.GaveUp, bar.Place)));
    }

    [Fact]
    public void A_no_makes_what_is_impossible_stand_out()
    {
        foreach (var drawing in (string[])[LectureDrawings.History2, LectureDrawings.History4, LectureDrawings.History5])
        {
            var verdict = History.Parse(drawing).IsLinearizable();
            var picture = verdict.Drawing();
            Assert.Contains(picture.Bars, bar => bar.StandsOut);
            Assert.Equal(verdict.Longest.Count, picture.Bars.Count(bar => bar.Place is not null));
            Assert.Equal(verdict.Cycle.Count, picture.Arrows.Count);
        }
    }

    [Fact]
    public void Of_a_long_history_the_object_without_an_order_is_drawn_where_it_goes_wrong()
    {
        var operations = Enumerable.Range(0, 2_000).SelectMany(i => new Operation[]
        {
            new("a", "put", 10 * i, 10 * i + 3) { Key = $"k{i % 2}", Argument = $"{i}" },
            new("b", "get", 10 * i + 4, 10 * i + 6) { Key = $"k{i % 2}", Result = i == 1501 ? "7" : $"{i}" },
        });
        var verdict = new History(operations).IsLinearizable(Model.KeyValue);
        var picture = verdict.Drawing();

        Assert.Equal(Verdict.No, verdict.Verdict);
        Assert.All(picture.Bars, bar => Assert.Contains("k1", bar.Label));
        Assert.Contains(picture.Bars, bar => bar is { Label: "get(k1) = 7", StandsOut: true });
        Assert.InRange(picture.Bars.Count, 1, ClientTimeline.UsuallyShown);
        Assert.EndsWith($"Drawn: {picture.Bars.Count} of 4,000 operations, those of key k1.", picture.Note);
    }

    [Fact]
    public void Clients_that_differ_by_a_number_stand_in_its_order_and_others_as_they_come()
    {
        Assert.Equal(["2", "10"], Clients("INFO jepsen.util - 10\t:invoke\t:write\t1\nINFO jepsen.util - 2\t:invoke\t:write\t2"));
        Assert.Equal(["row 1", "row 2", "C1", "C2"], Clients(LectureDrawings.History4));

        static IEnumerable<string> Clients(string text) => History.Parse(text).IsLinearizable().Drawing().Bars.Select(bar => bar.Client).Distinct();
    }

    [Fact]
    public void Times_that_differ_by_a_nanosecond_since_1970_are_told_apart()
    {
        const long today = 1_784_000_000_000_000_000;
        Operation[] operations = [new("a", "write", today, today + 1) { Argument = "1" }, new("b", "read", today + 2, today + 3) { Result = "1" }];
        var picture = new History(operations).IsLinearizable().Drawing();
        Assert.Equal([(0d, 1d), (2, 3)], picture.Bars.Select(bar => (bar.From, bar.To!.Value)));
        Assert.NotEmpty(new History([new("a", "write", long.MinValue, long.MaxValue - 1) { Argument = "1" }]).IsLinearizable().Drawing().ToSvg());
    }

    [Fact]
    public void What_cannot_be_checked_is_drawn_all_the_same()
    {
        var verdict = History.Parse("|-frobnicate(x, 1)-|").IsLinearizable();
        Assert.StartsWith("unknown: line 1: No model has the functions frobnicate", verdict.ToString());
        Assert.StartsWith("unknown: not decided. Timeline of 1 client (row 1), 1 operation.", verdict.Drawing().Alt);
        Assert.StartsWith("unknown: line 2: A queue has no function write", History.Parse("\n|-Wx1-|").IsLinearizable(Model.Queue).ToString());
    }
}
