using Workbook.KeyValue;
using Workbook.Labs;
using Workbook.Raft;

namespace Workbook.Tests.Labs;

/// <summary>Which tests of the labs notice that a rule is missing.</summary>
public sealed class MutationTableTests
{
    [Fact]
    public void Each_rule_that_shows_in_a_lab_stands_in_the_table_once()
    {
        Assert.Equal(MutationTable.Rules.Count, MutationTable.Rules.Distinct().Count());
        Assert.Superset(RuleTable.Rules.Select(rule => rule.Name).ToHashSet(), MutationTable.Rules.ToHashSet());
        var store = typeof(KeyValueRules).GetProperties().Where(rule => rule.PropertyType == typeof(bool)).Select(rule => rule.Name);
        Assert.Superset(store.ToHashSet(), MutationTable.Lab3Rules.ToHashSet());
        Assert.Equal([.. MutationTable.Lab2Rules, .. MutationTable.Lab3Rules], MutationTable.Rules);
    }

    [Fact]
    public void A_Raft_without_its_log_is_noticed_by_the_tests_of_persistence()
    {
        var row = MutationTable.Explore(2, [nameof(RaftRules.PersistLog)]).Rows[0];
        Assert.Contains(row.Caught, one => one.Test == nameof(Lab2.TestPersist1));
        Assert.DoesNotContain(row.Caught, one => one.Test == nameof(Lab2.TestInitialElection));
        Assert.Contains(row.Property, RaftSafety.Properties);
        Assert.InRange(row.Events ?? 0, 1, 100_000);
    }

    [Fact]
    public void A_store_without_its_table_of_duplicates_is_noticed_where_messages_are_lost()
    {
        var table = MutationTable.Explore(2, [nameof(KeyValueRules.DuplicateTable)]);
        Assert.Contains(table.Rows[0].Caught, one => one.Test == nameof(Lab3.TestUnreliable));
        Assert.DoesNotContain(table.Rows[0].Caught, one => one.Test == nameof(Lab3.TestBasic));
        Assert.Contains("DuplicateTable", table.ToString());
    }

    [Fact]
    public void A_rule_that_is_not_there_is_told_with_those_that_are() =>
        Assert.Contains("There is no rule PersistTheLog; there are CommitOnlyOwnTerm", Assert.Throws<ArgumentException>(() => MutationTable.Explore(1, ["PersistTheLog"])).Message);
}
