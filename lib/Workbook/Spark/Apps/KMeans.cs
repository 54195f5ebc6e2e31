namespace Workbook.Spark.Apps;

/// <summary>
/// Points in groups about centres (§6.1): each round gives every point to the nearest centre, and moves each centre to the mean of its points (Lloyd). It
/// computes more for each point than logistic regression, so that keeping the points saves a smaller part.
/// </summary>
public static class KMeans
{
    /// <summary>The centres. They begin at the first points; one that no point is nearest to stays where it is.</summary>
    /// <param name="points">Coordinates.</param>
    /// <param name="centres">How many groups, at most as many as there are points.</param>
    /// <param name="iterations">How many rounds, 1 or more.</param>
    /// <param name="cache">Whether the points are kept in memory. Off, each round reads them anew.</param>
    /// <param name="start">The centres to begin with, instead of the first points: <paramref name="centres"/> of them.</param>
    /// <param name="perPoint">What a point costs in each round on the simulated cluster: <see cref="Rdd{T}.Costing"/>.</param>
    /// <exception cref="SparkException">There are fewer points than centres, or they are not of the same number of coordinates.</exception>
    public static IterativeRun<double[][]> Run(
        Rdd<double[]> points, int centres, int iterations = 10, bool cache = true, double[][]? start = null, TimeSpan perPoint = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (iterations < 1) throw new SparkException($"K-means cannot run {iterations} rounds: ask for 1 or more.");
        if (centres < 1) throw new SparkException($"K-means cannot find {centres} centres: ask for 1 or more.");
        if (start is not null && start.Length != centres)
            throw new SparkException($"K-means was asked for {centres} centres, and given {start.Length} to begin with: give as many.");
        var costs = new IterationLog(points.Context);
        if (cache && points.StorageLevel == StorageLevel.None) points = points.Cache();
        var found = start ?? points.Take(centres);
        if (found.Length < centres) throw new SparkException($"K-means was asked for {centres} centres, and there are only {found.Length} points.");
        for (var i = 1; i <= iterations; i++)
        {
            var now = found;
            var means = points.Map(point => (Key: Nearest(now, point), Value: (Sum: point, Count: 1L))).Costing(perPoint)
                .ReduceByKey((a, b) => (Points.Sum(a.Sum, b.Sum), a.Count + b.Count), Math.Min(centres, points.Partitions))
                .MapValues(all => Array.ConvertAll(all.Sum, x => x / all.Count)).CollectAsMap();
            found = [.. now.Select((centre, at) => means.GetValueOrDefault(at, centre))];
            costs.End(i);
        }

        return new(found, costs.Iterations);
    }

    /// <summary>Which centre, from 0, is nearest to a point; of several the first.</summary>
    public static int Nearest(double[][] centres, double[] point)
    {
        var (best, nearest) = (0, double.PositiveInfinity);
        for (var centre = 0; centre < centres.Length; centre++)
        {
            Points.Like(centres[centre], point);
            var square = 0.0;
            for (var at = 0; at < point.Length; at++) square += (centres[centre][at] - point[at]) * (centres[centre][at] - point[at]);
            if (square < nearest) (best, nearest) = (centre, square);
        }

        return best;
    }
}
