using Workbook.Sim;
using Workbook.Spark.Shuffle;

namespace Workbook.Tests.Spark.Shuffle;

public sealed class KeyTableTests
{
    [Fact]
    public void It_holds_what_a_dictionary_holds_in_the_order_in_which_keys_first_came()
    {
        Compare(key => key);
        Compare(key => $"{key}");
        Compare(key => (key % 13, $"{key / 13}"));
        Compare(key => key % 7);
        Compare(key => key / 3.0);
    }

    [Fact]
    public void A_table_that_was_given_back_does_not_disturb_the_next_one()
    {
        for (var round = 0; round < 20; round++)
        {
            using var table = new KeyTable<string, int>();
            Assert.Equal(-1, table.Find("3"));
            for (var key = 0; key < 100 * round; key++) table.At($"{key}", out _) = key;
            Assert.Equal(100 * round, table.Count);
            for (var key = 0; key < 100 * round; key++) Assert.Equal(key, table.Entries[table.Find($"{key}")].Value);
        }
    }

    private static void Compare<TKey>(Func<int, TKey> key)
        where TKey : notnull
    {
        var random = new Rng(1);
        using var table = new KeyTable<TKey, int>();
        var order = new List<TKey>();
        var sums = new Dictionary<TKey, int>();
        for (var at = 0; at < 5_000; at++)
        {
            var one = key(random.Next(2_000));
            ref var sum = ref table.At(one, out var isNew);
            Assert.Equal(sums.TryAdd(one, 0), isNew);
            if (isNew) order.Add(one);
            sum += at;
            sums[one] += at;
        }

        Assert.Equal(order.Select(one => (one, sums[one])), table.ToArray());
    }
}
