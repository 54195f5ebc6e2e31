using Workbook.Bitcoin;
using Workbook.Check;

namespace Workbook.Tests.Bitcoin.Network;

/// <summary>Scenes of lecture 19: with all precautions nothing goes wrong, without one its anomaly is found.</summary>
public sealed class BitcoinSceneTests
{
    public static TheoryData<string> Names => [.. BitcoinRuleTable.Rules.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void With_all_precautions_nothing_goes_wrong(string name)
    {
        var rule = BitcoinRuleTable.Rules.Single(one => one.Name == name);
        var found = Explore.Seeds(Seeds.Count(4), schedule => rule.Scene(schedule, null));

        Assert.Empty(found.Violations);
        Assert.Empty(found.NeverMet);
    }

    [Theory]
    [InlineData("CountWorkNotIdentities", "made-up identities")]
    [InlineData("WaitForConfirmations", "the coin has gone elsewhere")]
    [InlineData("MostWorkWins", "of the work")]
    [InlineData("SpendOnlyUnspentOnThisBranch", "a coin is spent 2 times")]
    [InlineData("BlocksFarApart", "came to nothing")]
    [InlineData("Retarget", "came one each")]
    [InlineData("ReturnOrphanedTransactions", "nobody has the payment any more")]
    [InlineData("MineHonestly", "of the chain")]
    public void Without_a_precaution_its_anomaly_is_found(string name, string anomaly)
    {
        var rule = BitcoinRuleTable.Rules.Single(one => one.Name == name);
        var found = Explore.Seeds(Seeds.Count(4), schedule => rule.Scene(schedule, rule.Without));

        Assert.NotEmpty(found.Violations);
        Assert.All(found.Violations, violation => Assert.Contains(anomaly, violation.Violation));
    }

    [Fact]
    public void Every_precaution_is_in_the_table() => Assert.Equal(
        typeof(BitcoinRules).GetProperties().Where(property => property.PropertyType == typeof(bool)).Select(property => property.Name).Order(),
        BitcoinRuleTable.Rules.Select(rule => rule.Name).Order());

    [Fact]
    public void The_table_is_computed()
    {
        var text = BitcoinRuleTable.Explore(1).ToString();

        Assert.Contains("made-up identities", text);
        Assert.Contains("§11", text);
    }

    [Fact]
    public void A_majority_attacker_undoes_a_payment_however_long_the_seller_waits()
    {
        Assert.NotEmpty(Explore.Seeds(Seeds.Count(4), schedule => BitcoinScenes.Majority(schedule)).Violations);
        Assert.Empty(Explore.Seeds(Seeds.Count(4), schedule => BitcoinScenes.Majority(schedule, 0.1)).Violations);
    }

    [Fact]
    public void A_private_fork_undoes_a_payment_as_often_as_the_exact_race_says()
    {
        const double q = 0.3;
        const int z = 1;
        var runs = Seeds.Count(40);
        var undone = Explore.Seeds(runs, schedule => BitcoinScenes.PrivateFork(schedule, null, q, z)).Violations.Count;

        // A fork must be ahead to win, not level, so one block more than in §11.
        var chance = Enumerable.Range(0, 60)
            .Sum(k => DoubleSpendRace.AttackerBlocks(q, z, k, RaceLaw.NegativeBinomial) * (k > z ? 1 : Math.Pow(q / (1 - q), z - k + 1)));
        var deviation = Math.Sqrt(runs * chance * (1 - chance));
        Assert.InRange(undone, (runs * chance) - (3.5 * deviation), (runs * chance) + (3.5 * deviation));
    }

    [Fact]
    public void An_eclipsed_seller_is_deceived_and_one_honest_connection_saves_it()
    {
        Assert.NotEmpty(Explore.Seeds(Seeds.Count(4), schedule => BitcoinScenes.Eclipse(schedule)).Violations);
        Assert.Empty(Explore.Seeds(Seeds.Count(4), schedule => BitcoinScenes.Eclipse(schedule, isEclipsed: false)).Violations);
    }

    [Fact]
    public void A_newcomer_downloads_the_chain_with_most_work_and_refuses_the_other() =>
        Assert.Empty(Explore.Seeds(Seeds.Count(4), schedule => BitcoinScenes.Newcomer(schedule)).Violations);

    [Fact]
    public void A_run_is_repeated_by_its_seed()
    {
        var (one, same) = (BitcoinScenes.Fork(3), BitcoinScenes.Fork(3));

        Assert.Equal(one.Run.Trace.Hash, same.Run.Trace.Hash);
        Assert.NotEqual(one.Run.Trace.Hash, BitcoinScenes.Fork(4).Run.Trace.Hash);
    }
}
