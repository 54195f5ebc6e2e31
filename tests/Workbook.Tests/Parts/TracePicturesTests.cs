using Workbook.Check;
using Workbook.Parts;
using Workbook.Raft;

namespace Workbook.Tests.Parts;

/// <summary>What is drawn of a run's trace.</summary>
public sealed class TracePicturesTests
{
    [Fact]
    public void Messages_that_a_smaller_run_does_without_are_counted_and_not_drawn()
    {
        var smallest = Explore.Seeds(20, schedule => RaftScenes.Chaos(schedule, RaftRules.All with { ElectionRestriction = false })).Smallest!;
        var picture = smallest.Traced().Run.SpaceTime("A bad leader");
        Assert.Matches(@"^A bad leader \([\d,]+ messages taken away\)$", picture.Title);
        Assert.NotEmpty(picture.Arrows);
        Assert.DoesNotContain(picture.Arrows, arrow => arrow.Detail.Contains("left out", StringComparison.Ordinal));
        Assert.DoesNotContain("taken away", RaftScenes.Chaos(1).Traced().Run.SpaceTime("A whole run").Title);
    }
}
