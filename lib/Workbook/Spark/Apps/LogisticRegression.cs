namespace Workbook.Spark.Apps;

/// <summary>
/// A plane that separates points of two classes, found by gradient descent (§3.2.1): each round goes over all points, so that it pays to keep them in memory.
/// </summary>
public static class LogisticRegression
{
    /// <summary>The plane's coefficients: <c>Margin</c> of them with a point is above 0 for the class +1, and below for −1.</summary>
    /// <param name="points">Coordinates, and the class of each: +1 or −1.</param>
    /// <param name="iterations">How many rounds, 1 or more.</param>
    /// <param name="cache">Whether the points are kept in memory. Off, each round reads them anew.</param>
    /// <param name="seed">Where the coefficients begin, from −1 to 1 each.</param>
    /// <param name="start">The coefficients to begin with, instead. Without them a first job asks a point for their number.</param>
    /// <param name="perPoint">What a point costs in each round on the simulated cluster: <see cref="Rdd{T}.Costing"/>.</param>
    /// <exception cref="SparkException">There are no points, or they are not of the same number of coordinates.</exception>
    public static IterativeRun<double[]> Run(
        Rdd<(double[] X, double Y)> points, int iterations = 10, bool cache = true, ulong seed = 1, double[]? start = null, TimeSpan perPoint = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (iterations < 1) throw new SparkException($"Logistic regression cannot run {iterations} rounds: ask for 1 or more.");
        var costs = new IterationLog(points.Context);
        if (cache && points.StorageLevel == StorageLevel.None) points = points.Cache();
        var w = start ?? Drawn(points.First().X.Length, seed);
        for (var i = 1; i <= iterations; i++)
        {
            var now = w;
            var gradient = points.Map(point =>
            {
                var scale = ((1 / (1 + Math.Exp(-point.Y * Margin(now, point.X)))) - 1) * point.Y;
                return Array.ConvertAll(point.X, x => scale * x);
            }).Costing(perPoint).Reduce(Points.Sum);
            w = [.. now.Zip(gradient, (each, step) => each - step)];
            costs.End(i);
        }

        return new(w, costs.Iterations);
    }

    /// <summary>The product of coefficients and coordinates: on which side of the plane a point is, and how far.</summary>
    public static double Margin(double[] w, double[] x)
    {
        Points.Like(w, x);
        var sum = 0.0;
        for (var at = 0; at < w.Length; at++) sum += w[at] * x[at];
        return sum;
    }

    private static double[] Drawn(int count, ulong seed)
    {
        var random = new Sim.Rng(seed).Fork("coefficients");
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }
}
