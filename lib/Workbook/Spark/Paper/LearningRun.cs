using Workbook.Sim;
using Workbook.Spark.Apps;
using Workbook.Spark.Cluster;
using Workbook.Spark.Storage;

namespace Workbook.Spark.Paper;

/// <summary>
/// Logistic regression or k-means over 100 GB (§6.1), on one of the three systems. The functions run for real on 2,000 points, each of which stands for 50 MB
/// of the paper's. That is said by what the source and the functions cost, and not by <see cref="ClusterOptions.Scale"/>: sums and centres are as large for
/// the paper's points as for ours.
/// </summary>
/// <param name="Program">Which program.</param>
/// <param name="System">On which system.</param>
/// <param name="Machines">On how many machines.</param>
/// <param name="Seed">Decides the points, and how long messages are under way.</param>
internal sealed record LearningRun(PaperProgram Program, PaperSystem System, int Machines, ulong Seed)
{
    private const int PointsAPart = 5;
    private const int Dimensions = 10;
    private const int Centres = 10;

    /// <summary>How many iterations: the paper's ten.</summary>
    public int Iterations { get; init; } = 10;

    /// <summary>The share of the points that memory has room for, from 0; all machines have equally much of it.</summary>
    public double MemoryShare { get; init; } = 2;

    /// <summary>A machine that is lost, and in which iteration, from 1; it does not come back.</summary>
    public (string Worker, int Iteration)? Loses { get; init; }

    /// <summary>How long each iteration takes, the first one with what comes before it.</summary>
    public (IReadOnlyList<double> Seconds, IReadOnlyList<JobReport> Jobs) Run() => System switch
    {
        PaperSystem.Spark => OnSpark(),
        PaperSystem.Hadoop => OnHadoop(PaperMachines.Hadoop),
        _ => OnHadoopBinMem(),
    };

    private (IReadOnlyList<double> Seconds, IReadOnlyList<JobReport> Jobs) OnSpark()
    {
        var cluster = new SparkCluster(Machines, Seed, PaperMachines.Spark);
        if (Loses is { } lost) cluster.CrashInJob(lost.Worker, lost.Iteration - 1, TimeSpan.Zero);
        var spark = new SparkContext(cluster, new SparkOptions { Memory = (long)(MemoryShare * KeptBytes() / Machines) });
        cluster.RunFor(PaperMachines.SparkStartup);
        var iterations = Iterate(spark, Iterations, cache: true);
        var seconds = iterations.Select(each => each.Elapsed.TotalSeconds).ToList();
        seconds[0] = iterations[0].Jobs[^1].End.TotalSeconds;
        return (seconds, spark.Jobs);
    }

    private (IReadOnlyList<double> Seconds, IReadOnlyList<JobReport> Jobs) OnHadoop(ClusterOptions machines)
    {
        var spark = new SparkContext(new SparkCluster(Machines, Seed, machines));
        return ([.. Iterate(spark, Iterations, cache: false).Select(each => each.Elapsed.TotalSeconds)], spark.Jobs);
    }

    /// <summary>One more job comes first: it reads the text, and writes all points in binary to the memory of three machines.</summary>
    private (IReadOnlyList<double> Seconds, IReadOnlyList<JobReport> Jobs) OnHadoopBinMem()
    {
        var conversion = new SparkContext(new SparkCluster(Machines, Seed, PaperMachines.Hadoop));
        _ = Input(conversion, Drawn).Map(point => point).Costing(PaperMachines.Replicated(PaperMachines.PartBytes / PointsAPart)).Count();
        var (seconds, jobs) = OnHadoop(PaperMachines.HadoopBinMem);
        return ([seconds[0] + conversion.LastJob.Elapsed.TotalSeconds, .. seconds.Skip(1)], [.. conversion.Jobs, .. jobs]);
    }

    private IReadOnlyList<IterationReport> Iterate(SparkContext spark, int iterations, bool cache)
    {
        if (Program == PaperProgram.KMeans)
        {
            var start = Enumerable.Range(0, Centres).Select(at => Drawn(0).ElementAt(at % PointsAPart).X.Select(x => x + at).ToArray()).ToArray();
            var points = Input(spark, partition => Drawn(partition).Select(point => point.X));
            return KMeans.Run(points, Centres, iterations, cache, start, PerPoint(PaperMachines.KMeansPerByte)).Iterations;
        }

        return LogisticRegression.Run(
            Input(spark, Drawn), iterations, cache, start: new double[Dimensions], perPoint: PerPoint(PaperMachines.LogisticRegressionPerByte)).Iterations;
    }

    private static Rdd<T> Input<T>(SparkContext spark, Func<int, IEnumerable<T>> points) =>
        spark.Generate(PaperMachines.Parts, points, bytes: (long)PaperMachines.PartBytes).Named("points");

    private IEnumerable<(double[] X, double Y)> Drawn(int partition)
    {
        var random = new Rng(Seed).Fork("points").Fork(partition);
        for (var at = 0; at < PointsAPart; at++)
        {
            var y = at % 2 == 0 ? 1.0 : -1.0;
            yield return ([.. Enumerable.Range(0, Dimensions).Select(_ => random.NextNormal(0.7 * y, 1))], y);
        }
    }

    private static TimeSpan PerPoint(double perByte) => (perByte * PaperMachines.PartBytes / PointsAPart).Seconds();

    /// <summary>What our own points take in memory, all of them.</summary>
    private double KeptBytes() => PaperMachines.Parts * Block<(double[] X, double Y)>.SizeOf([.. Drawn(0)]);
}
