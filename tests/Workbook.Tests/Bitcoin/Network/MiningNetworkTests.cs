using Workbook.Bitcoin;
using Workbook.Sim;

namespace Workbook.Tests.Bitcoin.Network;

/// <summary>The model of peers and miners over long times: lost work, shares, difficulty, miners that play their own game.</summary>
public sealed class MiningNetworkTests
{
    private static readonly MiningNetwork Small = new() { Peers = 20, Links = 3 };

    [Fact]
    public void The_same_seed_gives_the_same_blocks()
    {
        var (one, same, other) = (Small.Run(300, seed: 5), Small.Run(300, seed: 5), Small.Run(300, seed: 6));

        Assert.Equal(one.Blocks.Select(block => (block.Time, block.Miner)), same.Blocks.Select(block => (block.Time, block.Miner)));
        Assert.NotEqual(one.Blocks[0].Time, other.Blocks[0].Time);
    }

    [Fact]
    public void Blocks_come_once_an_interval_and_each_miner_gets_its_share()
    {
        var history = (Small with { Miners = [new("large", 0.5), new("small", 0.2), new("rest", 0.3)] }).Run(4_000);

        Assert.InRange(history.MeanInterval.TotalSeconds, 570, 630);
        Assert.InRange(history.ShareOfChain("large"), 0.47, 0.53);
        Assert.InRange(history.ShareOfChain("small"), 0.18, 0.22);
        Assert.Equal(4_000, history.Chain.Count);
        Assert.Equal(Enumerable.Range(1, 4_000), history.Chain.Select(block => block.Height));
        Assert.All(history.Chain.Zip(history.Chain.Skip(1)), pair => Assert.Same(pair.First, pair.Second.Parent));
    }

    [Fact]
    public void Fork_rate_against_interval_and_propagation()
    {
        // Shorter intervals and longer delays: more is lost, as the approximation expects while it is little.
        var rates = ForkRate.Against(Small, [600.Seconds(), 60.Seconds(), 15.Seconds(), 4.Seconds()], 2_000);
        var slow = ForkRate.Against(Small with { Delay = Delay.Exponential(1.Seconds(), 9.Seconds()) }, [60.Seconds()], 2_000)[0];

        Assert.Equal(rates.OrderBy(rate => rate.StaleShare), rates);
        foreach (var rate in rates.Skip(1).Take(2).Append(slow)) Assert.InRange(rate.StalePerBlock / rate.Approximation, 0.75, 1.3);
        Assert.True(slow.StaleShare > 2 * rates[1].StaleShare);
        Assert.True(rates[3].StaleShare > 0.15);
        Assert.Equal(0.0165, ForkRate.Approximate(10.Seconds(), 600.Seconds()), 0.0001);
    }

    [Fact]
    public void Difficulty_follows_the_power_and_without_it_blocks_come_ever_faster()
    {
        var growing = Small with { Power = HashPower.Doubling(TimeSpan.FromDays(5)), RetargetEvery = 100 };
        var (follows, drifts) = (growing.Run(4_000), (growing with { RetargetEvery = 0 }).Run(4_000));

        Assert.InRange(Last(follows), 450, 650);
        Assert.True(Last(drifts) < 150, $"{Last(drifts)} s");
        Assert.InRange(follows.Chain[^1].Difficulty / HashPower.Doubling(TimeSpan.FromDays(5)).At(follows.Chain[^1].Time), 0.6, 1.2);

        static double Last(MiningHistory history) => (history.Chain[^1].Time - history.Chain[^501].Time).TotalSeconds / 500;
    }

    [Fact]
    public void A_majority_attacker_gets_every_block_and_a_minority_none()
    {
        var majority = (Small with { Miners = ModelMiner.Against(MinerStrategy.OnlyItsOwn, 0.6, others: 10) }).Run(500);
        var minority = (Small with { Miners = ModelMiner.Against(MinerStrategy.OnlyItsOwn, 0.35, others: 10) }).Run(500);

        Assert.True(majority.ShareOfChain("attacker") > 0.98, $"{majority.ShareOfChain("attacker")}");
        Assert.True(minority.ShareOfChain("attacker") < 0.1, $"{minority.ShareOfChain("attacker")}");
        Assert.True(majority.DeepestReorganisation > 2);
        Assert.NotEmpty(majority.Reorganisations);
    }

    [Fact]
    public void A_branch_of_easy_blocks_wins_only_where_blocks_are_counted_instead_of_work()
    {
        var attacked = Small with { RetargetEvery = 50, Miners = ModelMiner.Against(MinerStrategy.CheapBranch, 0.1, others: 10) };

        Assert.Equal(0, attacked.Run(2_000).ShareOfChain("attacker"));
        Assert.True((attacked with { MostWork = false }).Run(2_000).ShareOfChain("attacker") > 0.5);
    }

    [Fact]
    public void What_cannot_be_run_is_said_in_a_sentence()
    {
        Complains("give 2 to 10,000", () => new MiningNetwork { Peers = 1 }.Run(10));
        Complains("make it 1", () => new MiningNetwork { Miners = [new("m", 0.5)] }.Run(10));
        Complains("Somebody has to mine honestly", () => new MiningNetwork { Miners = [new("m", 1) { Strategy = MinerStrategy.Selfish }] }.Run(10));
        Complains("give 1 to 10,000,000", () => new MiningNetwork().Run(0));
        Complains("or never (0)", () => new MiningNetwork { RetargetEvery = 1 }.Run(10));
        Complains("interval above 0", () => new MiningNetwork { Interval = TimeSpan.Zero }.Run(10));
        Complains("There is no miner x", () => Small.Run(5).ShareOfChain("x"));
        Complains("above 0", () => HashPower.Constant(0));
        Complains("order of their times", () => HashPower.Steps((TimeSpan.FromDays(2), 2), (TimeSpan.FromDays(1), 3)));

        static void Complains(string words, Func<object> act) => Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(act).Message);
    }
}
