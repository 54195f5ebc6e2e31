using System.Collections.Immutable;
using Workbook.Sim;
using Workbook.Spark.Apps;
using Workbook.Spark.Cluster;

namespace Workbook.Spark.Paper;

/// <summary>
/// PageRank over the links of 4 million articles (§6.2). It runs for real on 4,800 articles, each of which stands for 833
/// (<see cref="ClusterOptions.Scale"/>): here what is shuffled and kept does grow with the data. The paper does not say how many links there are; here an
/// article has 33, some of them to the same one, and a title has 20 letters.
/// </summary>
/// <param name="Machines">On how many machines; each core has a partition.</param>
/// <param name="Seed">Decides the links, and how long messages are under way.</param>
internal sealed record WikipediaRun(int Machines, ulong Seed)
{
    private const int Articles = 4_800;
    private const int Links = 33;
    private const double Scale = 4e6 / Articles;
    private const double DumpBytes = 54e9;

    /// <summary>Of the 15 GB of each machine (§6), for what is kept.</summary>
    private const long Memory = 10_000_000_000;

    private int Parts => Machines * PaperMachines.Spark.Cores;

    /// <summary>Seconds of an iteration after the first, which reads the dump.</summary>
    /// <param name="partitionsAlike">Whether links and ranks are partitioned alike (§3.2.2).</param>
    public double OnSpark(bool partitionsAlike)
    {
        var spark = Context(PaperMachines.Spark);
        var titles = Titles();
        var links = spark.Generate(Parts, partition => LinksOf(titles, partition), bytes: (long)(DumpBytes / Parts / Scale));
        var rules = new PageRankRules { CoPartition = partitionsAlike, CheckpointEvery = 0 };
        return PageRank.Run(links, iterations: 2, rules, eachIteration: true).Iterations.Skip(1).Average(each => each.Elapsed.TotalSeconds);
    }

    /// <summary>
    /// Seconds of an iteration that is a job of its own: it reads a file with the links and the rank of each article, sends the links along with what they
    /// give, and writes such a file again, three copies of it, for the next job. All iterations are alike, so one is run.
    /// </summary>
    public double OnHadoop()
    {
        var spark = Context(PaperMachines.Hadoop);
        var titles = Titles();
        var all = Enumerable.Range(0, Parts).SelectMany(partition => LinksOf(titles, partition)).Distinct();
        var pages = all.GroupBy(link => link.From, link => link.To).Select(page => (page.Key, Value: (Links: page.ToImmutableArray(), Rank: 1.0)));
        var sent = spark.Parallelize(pages, Parts).FlatMap<(string Key, (ImmutableArray<string> Links, double Sum) Value)>((page, give) =>
        {
            give((page.Key, (page.Value.Links, 0)));
            var share = page.Value.Rank / page.Value.Links.Length;
            foreach (var to in page.Value.Links) give((to, ([], share)));
        });
        _ = sent.ReduceByKey((a, b) => (a.Links.Length > 0 ? a.Links : b.Links, a.Sum + b.Sum))
            .MapValues(page => (page.Links, Rank: 0.15 + (0.85 * page.Sum)))
            .Costing(PaperMachines.Replicated(Links * titles[0].Length)).Checkpoint().Count();
        return spark.LastJob.Elapsed.TotalSeconds;
    }

    private SparkContext Context(ClusterOptions machines) =>
        new(new SparkCluster(Machines, Seed, machines with { Scale = Scale }), new SparkOptions { Partitions = Parts, Memory = Memory });

    /// <summary>
    /// Titles of which each partition gets equally many, as of millions it would but for little: of a few thousand chance would give some partitions far more,
    /// and an iteration is as long as its longest task.
    /// </summary>
    private string[] Titles()
    {
        var (place, left) = (new HashPartitioner(Parts), new int[Parts]);
        Array.Fill(left, Articles / Parts);
        var titles = Enumerable.Range(0, int.MaxValue).Select(number => $"article {number:D12}").Where(title => left[place.PartitionOf(title)]-- > 0);
        return [.. titles.Take(Articles)];
    }

    /// <summary>The links of some articles. A few articles are linked to by very many, as on the web.</summary>
    private IEnumerable<(string From, string To)> LinksOf(string[] titles, int partition)
    {
        for (var from = partition; from < Articles; from += Parts)
        {
            var random = new Rng(Seed).Fork("links").Fork(from);
            for (var link = 0; link < Links; link++)
            {
                var place = random.NextDouble();
                yield return (titles[from], titles[(int)(Articles * place * place)]);
            }
        }
    }
}
