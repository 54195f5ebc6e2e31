using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Chain;

/// <summary>The numbers of the networks (§4, §6).</summary>
public sealed class ChainRulesTests
{
    [Fact]
    public void The_subsidies_of_the_main_network_come_to_almost_21_million_bitcoins()
    {
        var total = Enumerable.Range(0, 70).Sum(halving => 210_000 * ChainRules.Main.SubsidyAt(halving * 210_000));
        Assert.Equal(2_099_999_997_690_000, total);
        Assert.Equal(50.Bitcoins(), ChainRules.Main.SubsidyAt(209_999));
        Assert.Equal(25.Bitcoins(), ChainRules.Main.SubsidyAt(210_000));
        Assert.Equal(0, ChainRules.Main.SubsidyAt(64 * 210_000));
    }

    // The first real change of the target, and intervals at each bound.
    [Theory]
    [InlineData(0x1d00ffff, 1261130161, 1262152739, 0x1d00d86a)]
    [InlineData(0x1d00ffff, 1231006505, 1233061996, 0x1d00ffff)]
    [InlineData(0x1c05a3f4, 1279008237, 1279297671, 0x1c0168fd)]
    [InlineData(0x1c387f6f, 1263163443, 1269211443, 0x1d00e1fd)]
    public void The_target_follows_the_time_that_2016_blocks_took(uint last, long from, long to, uint next) =>
        Assert.Equal(new CompactTarget(next), ChainRules.Main.Retargeted(new CompactTarget(last), to - from));

    [Fact]
    public void Each_rule_for_scripts_holds_from_its_height_on()
    {
        Assert.Equal(ScriptRules.None, ChainRules.Main.ScriptRulesAt(173_804));
        Assert.Equal(ScriptRules.PayToScriptHash, ChainRules.Main.ScriptRulesAt(173_805));
        Assert.False(ChainRules.Main.ScriptRulesAt(481_823).HasFlag(ScriptRules.Witness));
        Assert.Equal(ScriptRules.Consensus, ChainRules.Main.ScriptRulesAt(481_824));
        Assert.Equal(ScriptRules.Consensus, ChainRules.Small.ScriptRulesAt(0));
    }

    [Fact]
    public void The_first_block_of_a_small_network_is_always_the_same()
    {
        var target = CompactTarget.ForWork(1000);
        Assert.Equal(ChainRules.OfTarget(target).FirstBlock, ChainRules.OfTarget(target).FirstBlock);
        Assert.True(ChainRules.OfTarget(target).FirstBlock.Header.HasProofOfWork);
    }

    [Fact]
    public void Rules_that_cannot_be_kept_are_refused()
    {
        Refused(ChainRules.Small with { RetargetInterval = 1 }, "every 1 blocks");
        Refused(ChainRules.Small with { BlockSeconds = 0 }, "0 seconds");
        Refused(ChainRules.Small with { HalvingInterval = 0 }, "halved every 0 blocks");
        Refused(ChainRules.Small with { CoinbaseMaturity = 0 }, "after 0 blocks");
        Refused(ChainRules.Small with { Subsidy = -1 }, "cannot make");
        Refused(ChainRules.Small with { TemplateWeight = 3999 }, "weight of 3999");
        Assert.Throws<ArgumentOutOfRangeException>(() => ChainRules.Small.SubsidyAt(-1));

        static void Refused(ChainRules rules, string saying) =>
            Assert.Contains(saying, Assert.Throws<ArgumentException>(() => new BlockChain(rules)).Message, StringComparison.Ordinal);
    }
}
