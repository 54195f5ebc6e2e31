using Workbook.Sim;
using Workbook.Spark;
using Workbook.Tests.Spark.Scheduling;

namespace Workbook.Tests.Spark;

/// <summary>The program of the folder's README, on the lecture's five links and on links drawn at random.</summary>
public sealed class PageRankTests
{
    private static readonly (string From, string To)[] Lecture = [("u1", "u3"), ("u1", "u1"), ("u2", "u3"), ("u2", "u2"), ("u3", "u1")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void The_lectures_five_links_have_these_ranks_after_ten_rounds(int threads)
    {
        var ranks = Ranks(Links(SparkInputs.Context(threads), Lecture, 8), rounds: 10);
        Assert.Equal([("u2", 0.2610116705534049), ("u3", 0.9999999999999998), ("u1", 1.7389883294465944)], ranks.Collect().OrderBy(page => page.Value));
    }

    [Fact]
    public void Ranks_are_those_of_a_plain_loop()
    {
        var random = new Rng(15);
        var links = Enumerable.Range(0, 400).Select(_ => ($"page{random.Next(40)}", $"page{random.Next(60)}")).ToArray();
        var ranks = Ranks(Links(SparkInputs.Context(), links, 3), rounds: 4).CollectAsMap();
        var expected = Plain(links, rounds: 4);
        Assert.Equal(expected.Keys.Order(), ranks.Keys.Order());
        Assert.All(expected, page => Assert.Equal(page.Value, ranks[page.Key], tolerance: 1e-12));
    }

    /// <summary>Figure 3: links and ranks are partitioned alike, so that each round costs one shuffle, that of the contributions.</summary>
    [Fact]
    public void A_round_is_one_stage_of_its_own()
    {
        var spark = SparkInputs.Context();
        var links = Links(spark, Lecture, 2);
        _ = links.Count();
        var ranks = Ranks(links, rounds: 3);
        _ = ranks.Collect();
        Assert.Equal(
            """
            0: distinct, 0 tasks, shuffle
            1: keys, 0 tasks, shuffle
            2: flatMap, 2 tasks, shuffle
            3: flatMap, 2 tasks, shuffle
            4: flatMap, 2 tasks, shuffle
            5: mapValues, 2 tasks, result
            """,
            StagePlans.Of(spark.LastJob));
        Assert.Equal(0, spark.LastJob.SourceBytes);
    }

    internal static Rdd<(string Key, System.Collections.Immutable.ImmutableArray<string> Value)> Links(
        SparkContext spark, (string From, string To)[] links, int partitions) =>
        spark.Parallelize(links.Select(link => $"{link.From} {link.To}"), partitions)
            .Map(line =>
            {
                var parts = line.Split(' ');
                return (parts[0], parts[1]);
            }).Distinct().GroupByKey().Cache();

    internal static Rdd<(string Key, double Value)> Ranks(Rdd<(string Key, System.Collections.Immutable.ImmutableArray<string> Value)> links, int rounds)
    {
        var ranks = links.MapValues(_ => 1.0);
        for (var i = 1; i <= rounds; i++)
        {
            var contribs = links.Join(ranks).Values().FlatMap(page => page.Left.Select(url => (url, page.Right / page.Left.Length)));
            ranks = contribs.ReduceByKey((a, b) => a + b).MapValues(sum => 0.15 + (0.85 * sum));
        }

        return ranks;
    }

    private static Dictionary<string, double> Plain((string From, string To)[] links, int rounds)
    {
        var pages = links.Distinct().GroupBy(link => link.From, link => link.To).ToDictionary(page => page.Key, page => page.ToArray());
        var ranks = pages.ToDictionary(page => page.Key, _ => 1.0);
        for (var round = 0; round < rounds; round++)
        {
            var given = from page in pages where ranks.ContainsKey(page.Key) from to in page.Value select (to, ranks[page.Key] / page.Value.Length);
            ranks = given.GroupBy(each => each.to, each => each.Item2).ToDictionary(page => page.Key, page => 0.15 + (0.85 * page.Sum()));
        }

        return ranks;
    }
}
