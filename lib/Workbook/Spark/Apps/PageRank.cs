using System.Collections.Immutable;

namespace Workbook.Spark.Apps;

/// <summary>
/// PageRank as the paper (§3.2.2) and lecture 15's notes write it: a page gives its rank to the pages it links to, in equal parts, again and again.
/// </summary>
/// <remarks>
/// A rank is 0.15 + 0.85 × what the page is given, and begins at 1. As in the notes, a page that no other page links to has no rank after the first
/// round and gives nothing on, and what a page without links is given is lost. <see cref="PageRankRules.KeepAllMass"/> is the program that loses nothing.
/// </remarks>
public static class PageRank
{
    /// <summary>Ranks of pages whose links are lines of text, such as <c>u1 u3</c>.</summary>
    /// <inheritdoc cref="Run{TPage}(Rdd{ValueTuple{TPage, TPage}}, int, PageRankRules?, bool)"/>
    public static IterativeRun<Rdd<(string Key, double Value)>> Run(
        Rdd<string> lines, int iterations = 10, PageRankRules? rules = null, bool eachIteration = false) =>
        Run(EdgeLines.Parse(lines), iterations, rules, eachIteration);

    /// <summary>Ranks of pages.</summary>
    /// <param name="links">From which page to which; one that is there twice counts once.</param>
    /// <param name="iterations">How many rounds, 0 or more.</param>
    /// <param name="rules">What the program takes care of.</param>
    /// <param name="eachIteration">
    /// True runs a job after each round, which counts the ranks and keeps them, so that the cost of each is known. False gives the ranks of the last round at
    /// once, and computes nothing before an action asks for them.
    /// </param>
    /// <returns>The ranks, and what each round has cost if there was a job for each.</returns>
    /// <exception cref="SparkException">A number is negative.</exception>
    public static IterativeRun<Rdd<(TPage Key, double Value)>> Run<TPage>(
        Rdd<(TPage From, TPage To)> links, int iterations = 10, PageRankRules? rules = null, bool eachIteration = false)
    {
        ArgumentNullException.ThrowIfNull(links);
        rules ??= PageRankRules.Default;
        if (iterations < 0) throw new SparkException($"PageRank cannot run {iterations} rounds: ask for 0 or more.");
        if (rules.CheckpointEvery < 0) throw new SparkException($"CheckpointEvery cannot be {rules.CheckpointEvery}: 0 never writes a checkpoint.");
        var costs = new IterationLog(links.Context);
        var table = Table(links, rules);
        var ranks = rules.KeepAllMass ? AllMass(table, iterations, rules, costs) : AsInTheNotes(table, iterations, rules, eachIteration, costs);
        return new(ranks, costs.Iterations);
    }

    private static Rdd<(TPage Key, double Value)> AsInTheNotes<TPage>(
        Rdd<(TPage Key, ImmutableArray<TPage> Value)> links, int iterations, PageRankRules rules, bool eachIteration, IterationLog costs)
    {
        var ranks = links.MapValues(_ => 1.0);
        for (var i = 1; i <= iterations; i++)
        {
            var contribs = links.Join(ranks).Values().FlatMap<(TPage Key, double Value)>((page, give) =>
            {
                var share = page.Right / page.Left.Length;
                foreach (var to in page.Left) give((to, share));
            });
            ranks = contribs.ReduceByKey((a, b) => a + b).MapValues(sum => 0.15 + (0.85 * sum)).Named($"ranks {i}");
            if (rules.ChecksAt(i, iterations)) ranks.Checkpoint();
            if (!eachIteration) continue;
            _ = ranks.Cache().Count();
            costs.End(i);
        }

        return ranks;
    }

    /// <summary>Every page has a rank at all times. What pages without links have is summed up by a job of its own, and given to all pages alike.</summary>
    private static Rdd<(TPage Key, double Value)> AllMass<TPage>(
        Rdd<(TPage Key, ImmutableArray<TPage> Value)> links, int iterations, PageRankRules rules, IterationLog costs)
    {
        var pages = links.Count();
        var ranks = links.MapValues(_ => 1.0);
        for (var i = 1; i <= iterations; i++)
        {
            var joined = links.Join(ranks);
            var toAll = joined.Filter(page => page.Value.Left.Length == 0).Map(page => page.Value.Right).Sum() / pages;
            var contribs = joined.FlatMap<(TPage Key, double Value)>((page, give) =>
            {
                // A page that nobody links to is among the sums too, with nothing.
                give((page.Key, 0));
                var share = page.Value.Right / page.Value.Left.Length;
                foreach (var to in page.Value.Left) give((to, share));
            });
            ranks = contribs.ReduceByKey((a, b) => a + b).MapValues(sum => 0.15 + (0.85 * (sum + toAll))).Named($"ranks {i}").Cache();
            if (rules.ChecksAt(i, iterations)) ranks.Checkpoint();
            _ = ranks.Count();
            costs.End(i);
        }

        return ranks;
    }

    /// <summary>Each page with the pages that it links to, as the rules say: what the loop joins with again and again.</summary>
    private static Rdd<(TPage Key, ImmutableArray<TPage> Value)> Table<TPage>(Rdd<(TPage From, TPage To)> links, PageRankRules rules)
    {
        var grouped = links.Distinct().GroupByKey();
        if (rules.KeepAllMass)
        {
            var ends = links.FlatMap<(TPage Key, bool Value)>((link, give) =>
            {
                give((link.From, false));
                give((link.To, false));
            });
            grouped = ends.ReduceByKey((first, _) => first).LeftOuterJoin(grouped).MapValues(page => page.Found ? page.Right : []);
        }

        // A function that may have changed the keys: nobody knows any more where they are.
        if (!rules.CoPartition) grouped = grouped.Map(page => page);
        _ = grouped.Named("links");
        return rules.PersistLinks ? grouped.Cache() : grouped;
    }
}
