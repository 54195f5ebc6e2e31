using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Tests.Draw;

/// <summary>Lineages to draw: the paper's, a long one, and any at all.</summary>
internal static class LineageSamples
{
    /// <summary>Figure 5 of the paper on resilient distributed datasets, with what is shuffled.</summary>
    public static LineageGraph Figure5() => new("Figure 5",
        [
            new("A", "textFile") { Group = 0 }, new("B", "groupBy") { Group = 2, Mark = DatasetMark.Cached },
            new("C", "textFile") { Group = 1 }, new("D", "map") { Group = 1 }, new("E", "textFile") { Group = 1 },
            new("F", "union") { Group = 1, Detail = "4 partitions", Times = 3 }, new("G", "join") { Group = 2 },
        ],
        [
            new("A", "B", DependencyKind.Wide) { Label = "3 MB" }, new("C", "D"), new("D", "F"), new("E", "F"), new("B", "G"),
            new("F", "G", DependencyKind.Wide) { Label = "18 MB" },
        ],
        [new("Stage 1") { IsSkipped = true }, "Stage 2", "Stage 3"]);

    /// <summary>Figure 3: what PageRank makes, iteration after iteration, from links that all of them use.</summary>
    public static LineageGraph PageRank(int iterations)
    {
        List<LineageNode> nodes =
        [
            new("lines", "textFile") { Group = 0, Detail = "8 partitions" }, new("links", "groupByKey") { Group = 1, Mark = DatasetMark.Cached },
            new("ranks0", "mapValues") { Group = 1 },
        ];
        List<LineageEdge> edges = [new("lines", "links", DependencyKind.Wide) { Label = "12 kB" }, new("links", "ranks0")];
        for (var i = 1; i <= iterations; i++)
        {
            nodes.AddRange([new($"join{i}", "join") { Group = i }, new($"contribs{i}", "flatMap") { Group = i }]);
            nodes.AddRange([new($"sums{i}", "reduceByKey") { Group = i + 1 }, new($"ranks{i}", "mapValues") { Group = i + 1 }]);
            edges.AddRange([new("links", $"join{i}"), new($"ranks{i - 1}", $"join{i}"), new($"join{i}", $"contribs{i}"), new($"sums{i}", $"ranks{i}")]);
            edges.Add(new($"contribs{i}", $"sums{i}", DependencyKind.Wide) { Label = $"{12 + i} kB" });
        }
        return new("PageRank", nodes, edges, Enumerable.Range(0, iterations + 2).Select(stage => (LineageGroup)$"Stage {stage}: 8 tasks"));
    }

    /// <summary>Any lineage: datasets made from up to three of those before them, in groups of any size or in none.</summary>
    public static LineageGraph Any(ulong seed)
    {
        var random = new Rng(seed);
        var count = 2 + random.Next(40);
        var groups = random.Next(7);
        var homes = Enumerable.Range(0, count).Select(_ => random.Next(groups + 1)).Order().ToList();
        var nodes = Enumerable.Range(0, count).Select(i => new LineageNode($"d{i}", i % 3 == 0 ? new string('m', 1 + random.Next(40)) : "")
        {
            Group = homes[i] < groups ? homes[i] : null,
            Mark = (DatasetMark)random.Next(3),
            Detail = random.Chance(0.3) ? "8 partitions" : "",
        }).ToList();
        var edges = new List<LineageEdge>();
        for (var i = 1; i < count; i++)
        {
            for (var parents = random.Next(4); parents > 0; parents--)
                edges.Add(new($"d{Math.Max(0, i - 1 - random.Next(9))}", $"d{i}", (DependencyKind)random.Next(2)) { Label = random.Chance(0.2) ? $"{i} kB" : "" });
        }
        return new("Any", nodes, edges, Enumerable.Range(0, groups).Select(i => new LineageGroup($"Group {i}") { IsSkipped = random.Chance(0.2) }));
    }

    /// <summary>The paper's two and many others, by number.</summary>
    public static IEnumerable<LineageGraph> All() =>
        [Figure5(), PageRank(2), PageRank(9), PageRank(40), PageRank(15).Ends(70, 0), .. Enumerable.Range(0, Seeds.Count(25)).Select(seed => Any((ulong)seed))];
}
