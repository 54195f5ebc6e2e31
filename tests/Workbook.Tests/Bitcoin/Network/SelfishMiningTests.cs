using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Network;

/// <summary>Eyal and Sirer 2014: equation 8, its thresholds, the algorithm run, and run in a network.</summary>
public sealed class SelfishMiningTests
{
    [Theory]
    [InlineData(0, 1 / 3.0)]
    [InlineData(0.5, 0.25)]
    [InlineData(1, 0)]
    public void The_thresholds_are_those_of_the_paper(double gamma, double threshold)
    {
        Assert.Equal(threshold, SelfishMining.Threshold(gamma), 12);
        Assert.Equal(threshold, SelfishMining.Revenue(threshold, gamma), 12);
        Assert.True(SelfishMining.Revenue(threshold + 0.05, gamma) > threshold + 0.05);
        if (threshold > 0.1) Assert.True(SelfishMining.Revenue(threshold - 0.05, gamma) < threshold - 0.05);
    }

    [Theory]
    [InlineData(0.2, 0)]
    [InlineData(0.3, 0.5)]
    [InlineData(0.4, 1)]
    [InlineData(0.45, 0)]
    public void The_algorithm_run_earns_what_equation_8_says(double power, double gamma) =>
        Assert.Equal(SelfishMining.Revenue(power, gamma), SelfishMining.Run(power, gamma, 300_000), 0.01);

    [Fact]
    public void In_a_network_gamma_is_what_connections_make_it()
    {
        var small = new MiningNetwork { Peers = 30, Links = 3, RetargetEvery = 0 };
        var (few, many) = (Share(null), Share(29));

        Assert.InRange(few, SelfishMining.Revenue(0.3, 0) - 0.03, SelfishMining.Revenue(0.3, 1));
        Assert.InRange(many, few, SelfishMining.Revenue(0.3, 1) + 0.01);

        double Share(int? links) => SelfishMining.RunInNetwork(0.3, small, links, blocks: 4_000).ShareOfChain("attacker");
    }

    [Fact]
    public void What_cannot_be_is_said_in_a_sentence()
    {
        Assert.Contains("below 0.5", Assert.Throws<ArgumentException>(() => SelfishMining.Revenue(0.5, 0)).Message);
        Assert.Contains("γ is a share", Assert.Throws<ArgumentException>(() => SelfishMining.Run(0.3, 1.5)).Message);
        Assert.Contains("at least one block", Assert.Throws<ArgumentException>(() => SelfishMining.Run(0.3, 0, 0)).Message);
    }
}
