using Workbook.Site.Publishing;
using Xunit;

namespace Workbook.Site.Tests.Publishing;

public sealed class RenderPaceTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void Two_workers_share_what_is_left()
    {
        var pace = Pace(2, ("long", 60), ("middle", 40), ("short", 10));

        Assert.Equal(60, pace.Left()!.Value.TotalSeconds);
        pace.Begin("long");
        pace.Begin("middle");
        _clock.Now += TimeSpan.FromSeconds(35);
        Assert.Equal(25, pace.Left()!.Value.TotalSeconds);
        pace.End("long");
        Assert.Equal(10, pace.Left()!.Value.TotalSeconds);
    }

    [Fact]
    public void A_new_notebook_is_judged_by_its_cells()
    {
        var pace = Pace(1, ("new", null));

        pace.Begin("new");
        Assert.Null(pace.Left());
        _clock.Now += TimeSpan.FromSeconds(6);
        pace.Advance("new", 2, 10);

        Assert.Equal(24, pace.Left()!.Value.TotalSeconds);
    }

    [Fact]
    public void A_notebook_that_takes_longer_than_it_did_is_judged_by_its_cells()
    {
        var pace = Pace(1, ("slower", 10));

        pace.Begin("slower");
        pace.Advance("slower", 3, 4);
        _clock.Now += TimeSpan.FromSeconds(9);
        Assert.Equal(1, pace.Left()!.Value.TotalSeconds);
        _clock.Now += TimeSpan.FromSeconds(9);
        Assert.Equal(6, pace.Left()!.Value.TotalSeconds);
    }

    [Fact]
    public void One_of_which_nothing_is_known_is_judged_by_the_others()
    {
        var pace = Pace(1, ("known", 8), ("unknown", null));

        pace.Begin("known");
        _clock.Now += TimeSpan.FromSeconds(4);
        Assert.Null(pace.Left());
        _clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(6, pace.End("known").TotalSeconds);

        Assert.Equal(6, pace.Left()!.Value.TotalSeconds);
    }

    [Fact]
    public void When_all_have_ended_nothing_is_left()
    {
        var pace = Pace(int.MaxValue, ("one", 8));

        pace.Begin("one");
        pace.End("one");

        Assert.Equal(TimeSpan.Zero, pace.Left());
        Assert.Equal(TimeSpan.Zero, Pace(1).Left());
    }

    private RenderPace Pace(int jobs, params (string Name, double? Seconds)[] notebooks) => new(
        notebooks.Select(notebook => ("", notebook.Name, notebook.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null)), 0, jobs, _clock);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
