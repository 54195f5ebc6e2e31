using Workbook.Spark;
using Workbook.Spark.Apps;

namespace Workbook.Tests.Spark.Apps;

/// <summary>Logistic regression and k-means: what they find, and what it costs not to keep the points.</summary>
public sealed class LearningTests
{
    [Fact]
    public void Logistic_regression_separates_the_two_classes_as_far_as_they_can_be()
    {
        var points = Points.OfTwoClasses(SparkInputs.Context(), 2_000);
        var w = LogisticRegression.Run(points, 20).Result;
        var right = points.Filter(point => LogisticRegression.Margin(w, point.X) * point.Y > 0).Count();
        // The best plane of all, halfway between the centres, is wrong for about 27 of 2,000.
        Assert.InRange(right, 1_940, 2_000);
    }

    [Fact]
    public void Logistic_regression_is_the_papers_gradient()
    {
        var points = Points.OfTwoClasses(SparkInputs.Context(), 200, dimensions: 3);
        var before = LogisticRegression.Run(points, 1).Result;
        var expected = before.ToArray();
        foreach (var (x, y) in points.Collect())
        {
            var margin = x.Zip(before, (a, b) => a * b).Sum();
            for (var axis = 0; axis < 3; axis++) expected[axis] -= x[axis] * ((1 / (1 + Math.Exp(-y * margin))) - 1) * y;
        }

        Assert.All(LogisticRegression.Run(points, 2).Result.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, tolerance: 1e-9));
    }

    [Fact]
    public void K_means_is_a_plain_loop()
    {
        var points = Points.InGroups(SparkInputs.Context(), 600, groups: 5, dimensions: 4);
        var run = KMeans.Run(points, 5, 6);
        var all = points.Collect();
        var centres = all[..5];
        for (var round = 0; round < 6; round++)
        {
            var groups = all.ToLookup(point => Enumerable.Range(0, 5).MinBy(centre => point.Zip(centres[centre], (a, b) => (a - b) * (a - b)).Sum()));
            centres = [.. centres.Select((centre, at) => groups[at].Any() ? Mean([.. groups[at]]) : centre)];
        }

        Assert.All(run.Result.Zip(centres), pair => Assert.All(pair.First.Zip(pair.Second), x => Assert.Equal(x.Second, x.First, tolerance: 1e-9)));
        Assert.Equal(Enumerable.Range(1, 6), run.Iterations.Select(iteration => iteration.Number));

        static double[] Mean(double[][] group) => [.. group[0].Select((_, axis) => group.Average(point => point[axis]))];
    }

    [Fact]
    public void With_a_place_to_begin_there_is_no_job_but_one_a_round()
    {
        var spark = SparkInputs.Context();
        var steps = LogisticRegression.Run(Points.OfTwoClasses(spark, 100, dimensions: 2), 3, start: [0, 0]);
        var groups = KMeans.Run(Points.InGroups(spark, 100, 3, dimensions: 1), 2, 3, start: [[-1], [1]]);
        Assert.All(steps.Iterations.Concat(groups.Iterations), iteration => Assert.Single(iteration.Jobs));
        Assert.Equal(2, spark.LastJob.Stages[^1].Tasks);
        Assert.Equal("K-means was asked for 2 centres, and given 1 to begin with: give as many.",
            Assert.Throws<SparkException>(() => KMeans.Run(Points.InGroups(spark, 100, 3), 2, start: [[1]])).Message);
    }

    [Fact]
    public void Points_that_are_not_kept_are_read_in_every_round()
    {
        var kept = LogisticRegression.Run(Points.OfTwoClasses(SparkInputs.Context(), 500), 4);
        var unkept = LogisticRegression.Run(Points.OfTwoClasses(SparkInputs.Context(), 500), 4, cache: false);
        Assert.Equal(kept.Result, unkept.Result);
        Assert.All(kept.Iterations.Skip(1), iteration => Assert.Equal(0, iteration.SourceBytes));
        Assert.All(unkept.Iterations, iteration => Assert.Equal(500 * sizeof(long), iteration.Jobs[^1].SourceBytes));
        var groups = KMeans.Run(Points.InGroups(SparkInputs.Context(), 500, 3), 3, 3, cache: false);
        Assert.All(groups.Iterations, iteration => Assert.Equal(500 * sizeof(long), iteration.Jobs[^1].SourceBytes));
    }

    [Fact]
    public void Points_go_to_text_and_back_as_they_are()
    {
        var spark = SparkInputs.Context();
        var points = Points.OfTwoClasses(spark, 50, 3);
        Assert.Equal(points.Collect().Select(Flat), Points.ParseTwoClasses(points.Map(Points.ToLine)).Collect().Select(Flat));
        var groups = Points.InGroups(spark, 50, 3, 2);
        Assert.Equal(groups.Collect(), Points.Parse(groups.Map(Points.ToLine)).Collect());

        static double[] Flat((double[] X, double Y) point) => [point.Y, .. point.X];
    }

    [Fact]
    public void A_line_that_is_no_point_and_too_few_points_are_told()
    {
        var spark = SparkInputs.Context();
        Assert.EndsWith("and 'x' is no number.", Message(() => Points.Parse(spark.Parallelize(["1 x"], 1)).Count()), StringComparison.Ordinal);
        Assert.EndsWith("and 2 is no class.", Message(() => Points.ParseTwoClasses(spark.Parallelize(["2 1"], 1)).Count()), StringComparison.Ordinal);
        Assert.Equal("K-means was asked for 3 centres, and there are only 1 points.", Message(() => KMeans.Run(spark.Parallelize([new[] { 1.0 }], 1), 3)));
        Assert.EndsWith("a point has 1 coordinates, and the first one has 2.",
            Message(() => KMeans.Run(Points.Parse(spark.Parallelize(["1 2", "3"], 1)), 1, 1)), StringComparison.Ordinal);
    }

    private static string Message(Func<object> run) => Assert.Throws<SparkException>(run).Message;
}
