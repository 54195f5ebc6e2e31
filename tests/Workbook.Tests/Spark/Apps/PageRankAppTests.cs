using Workbook.Sim;
using Workbook.Spark;
using Workbook.Spark.Apps;

namespace Workbook.Tests.Spark.Apps;

/// <summary>PageRank as an application: its ranks, and what each of its rules is for.</summary>
public sealed class PageRankAppTests
{
    private static readonly string[] Lecture = ["u1 u3", "u1 u1", "u2 u3", "u2 u2", "u3 u1"];

    public static TheoryData<PageRankRules, bool> AllRules
    {
        get
        {
            var data = new TheoryData<PageRankRules, bool>();
            foreach (var rules in (PageRankRules[])[new(), new() { PersistLinks = false }, new() { CoPartition = false }, new() { CheckpointEvery = 2 }])
            {
                data.Add(rules, true);
                data.Add(rules, false);
                data.Add(rules with { KeepAllMass = true }, true);
            }

            return data;
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void The_lectures_five_links_have_these_ranks_after_ten_rounds(bool eachIteration, bool keepAllMass)
    {
        var spark = new SparkContext(new SparkOptions { Threads = 2 });
        var ranks = PageRank.Run(spark.Parallelize(Lecture), 10, new() { KeepAllMass = keepAllMass }, eachIteration).Result;
        Assert.Equal([("u2", 0.2610116705534049), ("u3", 0.9999999999999998), ("u1", 1.7389883294465944)], ranks.Collect().OrderBy(page => page.Value));
    }

    [Theory]
    [MemberData(nameof(AllRules))]
    public void Ranks_are_those_of_a_plain_loop_whatever_the_rules(PageRankRules rules, bool eachIteration)
    {
        var run = PageRank.Run(SparkInputs.Context().Parallelize(Links), 7, rules, eachIteration);
        var ranks = run.Result.CollectAsMap();
        var expected = rules.KeepAllMass ? PlainAllMass(7) : PlainAsInTheNotes(7);
        Assert.Equal(expected.Keys.Order(), ranks.Keys.Order());
        Assert.All(expected, page => Assert.Equal(page.Value, ranks[page.Key], tolerance: 1e-12));
        Assert.Equal(eachIteration ? Enumerable.Range(1, 7) : [], run.Iterations.Select(iteration => iteration.Number));
    }

    [Fact]
    public void Without_PersistLinks_every_round_reads_the_links_again()
    {
        var kept = Iterations(new());
        var unkept = Iterations(new() { PersistLinks = false });
        Assert.True(kept[0].SourceBytes > 0);
        Assert.All(kept.Skip(1), iteration => Assert.Equal(0, iteration.SourceBytes));
        Assert.All(unkept, iteration => Assert.Equal(kept[0].SourceBytes, iteration.SourceBytes));
        Assert.All(kept.Skip(1).Zip(unkept.Skip(1)), pair => Assert.True(pair.Second.Records > pair.First.Records));
    }

    [Fact]
    public void Without_CoPartition_every_round_moves_the_links_too()
    {
        var alike = Iterations(new());
        var anyhow = Iterations(new() { CoPartition = false });
        var pages = Links.Select(link => link.From).Distinct().Count();
        Assert.All(alike.Skip(1).Zip(anyhow.Skip(1)), pair =>
        {
            Assert.Equal(Shuffled(pair.First) + pages, Shuffled(pair.Second));
            Assert.True(pair.Second.ShuffledBytes > pair.First.ShuffledBytes + (sizeof(int) * Links.Distinct().Count()));
        });

        static long Shuffled(IterationReport iteration) => iteration.Jobs.Sum(job => job.ShuffledRecords);
    }

    [Fact]
    public void Without_KeepAllMass_ranks_leak_away_and_with_it_their_sum_stays_the_number_of_pages()
    {
        var pages = Links.SelectMany(link => new[] { link.From, link.To }).Distinct().Count();
        Assert.Equal(pages, Sum(true), tolerance: 1e-9);
        Assert.InRange(Sum(false), 1, pages * 0.8);

        static double Sum(bool keepAllMass) =>
            PageRank.Run(SparkInputs.Context().Parallelize(Links), 10, new() { KeepAllMass = keepAllMass }).Result.Values().Sum();
    }

    [Fact]
    public void CheckpointEvery_forgets_the_lineage_before_those_rounds()
    {
        Assert.Equal([2, 4], Checkpoints(2));
        Assert.Empty(Checkpoints(0));

        static IEnumerable<int> Checkpoints(int every) => Iterations(new() { CheckpointEvery = every })
            .Where(iteration => iteration.Jobs.Any(job => job.Rdd.IsCheckpointed)).Select(iteration => iteration.Number).ToList();
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused_in_a_sentence()
    {
        var lines = SparkInputs.Context().Parallelize(Lecture);
        Assert.Equal("PageRank cannot run -1 rounds: ask for 0 or more.", Assert.Throws<SparkException>(() => PageRank.Run(lines, -1)).Message);
        Assert.Equal("CheckpointEvery cannot be -2: 0 never writes a checkpoint.",
            Assert.Throws<SparkException>(() => PageRank.Run(lines, 1, new() { CheckpointEvery = -2 })).Message);
    }

    /// <summary>Links among a hundred pages: some that nobody links to, some that link to nobody, some twice.</summary>
    private static readonly (int From, int To)[] Links = Drawn();

    private static (int From, int To)[] Drawn()
    {
        var random = new Rng(15);
        return [.. Enumerable.Range(0, 300).Select(_ => (random.Next(60), 20 + random.Next(80)))];
    }

    private static IReadOnlyList<IterationReport> Iterations(PageRankRules rules) =>
        PageRank.Run(SparkInputs.Context().Parallelize(Links), 5, rules, eachIteration: true).Iterations;

    /// <summary>Over arrays of all pages; a page that is not a number has no rank.</summary>
    private static Dictionary<int, double> PlainAsInTheNotes(int rounds)
    {
        var links = Links.Distinct().ToArray();
        var degree = new int[100];
        foreach (var (from, _) in links) degree[from]++;
        var ranks = degree.Select(links => links > 0 ? 1 : double.NaN).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            var sums = Enumerable.Repeat(double.NaN, 100).ToArray();
            foreach (var (from, to) in links.Where(link => !double.IsNaN(ranks[link.From])))
                sums[to] = (double.IsNaN(sums[to]) ? 0 : sums[to]) + (ranks[from] / degree[from]);
            ranks = [.. sums.Select(sum => 0.15 + (0.85 * sum))];
        }

        return Enumerable.Range(0, 100).Where(page => !double.IsNaN(ranks[page])).ToDictionary(page => page, page => ranks[page]);
    }

    /// <summary>A dense matrix: column by column, where a page's rank goes.</summary>
    private static Dictionary<int, double> PlainAllMass(int rounds)
    {
        var pages = Links.SelectMany(link => new[] { link.From, link.To }).Distinct().Order().ToArray();
        var targets = Links.Distinct().ToLookup(link => link.From, link => link.To);
        var goes = pages.ToDictionary(from => from, from => pages.ToDictionary(to => to, to =>
            !targets.Contains(from) ? 1.0 / pages.Length : targets[from].Contains(to) ? 1.0 / targets[from].Count() : 0));
        var ranks = pages.ToDictionary(page => page, _ => 1.0);
        for (var round = 0; round < rounds; round++)
            ranks = pages.ToDictionary(to => to, to => 0.15 + (0.85 * pages.Sum(from => goes[from][to] * ranks[from])));
        return ranks;
    }
}
