using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Race;

/// <summary>Pictures of the race, and what wrong input is told.</summary>
public sealed class RacePictureTests
{
    [Fact]
    public void The_curves_stand_beside_what_is_printed_and_what_was_run()
    {
        var figure = RacePictures.Chances([0.1, 0.2], most: 4, races: 2000);
        var traces = figure.ToJsonObject()["data"]!.AsArray();
        Assert.Equal(
            ["q = 0.1: formula of §11", "q = 0.1: exact", "q = 0.1: printed in §11", "q = 0.1: races run", "q = 0.2: formula of §11", "q = 0.2: exact", "q = 0.2: races run"],
            traces.Select(trace => (string?)trace!["name"]));
        Assert.Equal([1, 0.2045873, 0.0509779, 0.0131722, 0.0034552], traces[2]!["y"]!.AsArray().Select(chance => (double)chance!));
        Assert.Equal(traces[3]!["x"]!.AsArray().Count, traces[3]!["error_y"]!["array"]!.AsArray().Count);
        Assert.Contains("The attacker's chance to undo a payment", figure.Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_laws_of_the_attackers_blocks_are_drawn() => Assert.Equal(
        ["Poisson (§11)", "negative binomial (exact)"],
        RacePictures.AttackerBlocks(0.3, 6).ToJsonObject()["data"]!.AsArray().Select(trace => (string?)trace!["name"]));

    [Fact]
    public void The_tables_have_a_row_for_each_number_that_is_printed()
    {
        Assert.Contains("0.0002428  0.0002428  none  0.0005914", RacePictures.PublishedChances().ToString(), StringComparison.Ordinal);
        Assert.Equal((22, 8), (RacePictures.PublishedChances().Rows.Count, RacePictures.PublishedWaits().Rows.Count));
        Assert.All(RacePictures.PublishedChances().Rows.Concat(RacePictures.PublishedWaits().Rows), row => Assert.Equal("none", row.Gap));
    }

    [Fact]
    public void A_sample_says_what_it_has_found() => Assert.Equal(
        "q = 0.1, z = 2: 56 of 1,000 races won, 0.0560000 (99 %: 0.0400320 to 0.0778209)", $"{new RaceSample(0.1, 2, 1000, 56)}");

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_share_that_cannot_be_is_refused(double q)
    {
        Says("cannot have", () => DoubleSpendRace.AttackerSuccess(q, 1));
        Says("cannot have", () => DoubleSpendRace.ExactSuccess(q, 1));
        Says("cannot have", () => DoubleSpendRace.CatchUp(q, 1));
        Says("cannot have", () => DoubleSpendRace.Run(q, 1, 10));
        Says("cannot have", () => DoubleSpendRace.ConfirmationsFor(q));
        Says("above 0 and below 0.5", () => RacePictures.Chances([q]));
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused()
    {
        Says("-1 blocks", () => DoubleSpendRace.AttackerSuccess(0.1, -1));
        Says("-1 blocks", () => DoubleSpendRace.AttackerBlocks(0.1, 1, -1, RaceLaw.Poisson));
        Says("at least one race", () => DoubleSpendRace.Run(0.1, 1, 0));
        Says("can last for ever", () => DoubleSpendRace.Run(0.5, 1, 10));
        Says("catches up for certain", () => DoubleSpendRace.ConfirmationsFor(0.5));
        Says("a number above 0", () => DoubleSpendRace.ConfirmationsFor(0.1, 0));
        Says("one attacker or more", () => RacePictures.Chances([]));
        Says("1 to 500", () => RacePictures.Chances([0.1], 501));
        Says("-1 races", () => RacePictures.Chances([0.1], 5, -1));
        Says("below 0.5", () => RacePictures.AttackerBlocks(0.6, 6));
        Says("1 to 500", () => RacePictures.AttackerBlocks(0.3, 0));
    }

    private static void Says(string what, Func<object> call) =>
        Assert.Contains(what, Assert.Throws<ArgumentException>(() => call()).Message, StringComparison.Ordinal);
}
