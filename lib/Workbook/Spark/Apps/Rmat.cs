using Workbook.Sim;

namespace Workbook.Spark.Apps;

/// <summary>
/// Graphs drawn at random whose degrees are as uneven as those of the web (Chakrabarti, Zhan, Faloutsos: <em>R-MAT</em>, SDM 2004). The matrix of links is
/// halved both ways again and again; a link falls into its upper left quarter with chance 0.57, upper right or lower left 0.19 each, lower right 0.05.
/// </summary>
public static class Rmat
{
    /// <summary>
    /// So many links have a stream of random numbers of their own: partitions can be made alone, and links do not depend on where they are cut.
    /// </summary>
    private const int Block = 1024;

    /// <summary>The links, the same for the same seed whatever the number of partitions. Some are there twice, some lead from a page to itself.</summary>
    /// <param name="spark">Where they are made.</param>
    /// <param name="nodes">How many pages, a power of two; they are the numbers from 0.</param>
    /// <param name="edges">How many links.</param>
    /// <param name="seed">Which graph.</param>
    /// <param name="partitions">How many partitions; without a number those of the context.</param>
    /// <exception cref="SparkException">The number of pages is no power of two, or that of links is negative.</exception>
    public static Rdd<(int From, int To)> Edges(
        SparkContext spark, int nodes = 1 << 20, int edges = 10_000_000, ulong seed = 1, int? partitions = null)
    {
        ArgumentNullException.ThrowIfNull(spark);
        if (!int.IsPow2(nodes)) throw new SparkException($"R-MAT halves the pages again and again, so their number must be a power of two; {nodes} is none.");
        if (edges < 0) throw new SparkException($"A graph cannot have {edges} links.");
        var parts = partitions ?? spark.Options.Partitions;
        var blocks = (edges / Block) + 1L;
        return spark.Generate(parts, Drawn, bytes: 2L * sizeof(int) * edges / Math.Max(1, parts));

        IEnumerable<(int From, int To)> Drawn(int partition)
        {
            for (var block = blocks * partition / parts; block < blocks * (partition + 1) / parts; block++)
            {
                var random = new Rng(seed).Fork(block);
                for (var left = Math.Min(Block, edges - (block * Block)); left > 0; left--) yield return Edge(random, nodes);
            }
        }
    }

    private static (int From, int To) Edge(Rng random, int nodes)
    {
        const uint UpperLeft = (uint)(0.57 * uint.MaxValue), UpperRight = (uint)(0.76 * uint.MaxValue), LowerLeft = (uint)(0.95 * uint.MaxValue);
        var (from, to, bits) = (0, 0, 0UL);
        for (var (level, isFirst) = (1, true); level < nodes; (level, isFirst) = (level << 1, !isFirst))
        {
            // A draw of 64 bits does for two levels.
            bits = isFirst ? random.NextUInt64() : bits >> 32;
            var quarter = (uint)bits;
            if (quarter >= UpperRight) from |= level;
            if (quarter >= LowerLeft || (quarter >= UpperLeft && quarter < UpperRight)) to |= level;
        }

        return (from, to);
    }
}
