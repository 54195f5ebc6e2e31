namespace Workbook.Spark.Paper;

/// <summary>The numbers that stand in the paper's figures, in seconds.</summary>
internal static class PublishedTimes
{
    private const PaperProgram Regression = PaperProgram.LogisticRegression;
    private const PaperProgram KMeans = PaperProgram.KMeans;

    /// <summary>What Figure 10's third system is called here: the paper's controlled partitioning.</summary>
    public const string PartitionedAlike = "Spark, partitioned alike";

    /// <summary>Figure 7: first and later iterations on 100 machines.</summary>
    public static IReadOnlyList<(PaperProgram Program, PaperSystem System, double First, double Later)> Figure7 { get; } =
    [
        (Regression, PaperSystem.Hadoop, 80, 76),
        (Regression, PaperSystem.HadoopBinMem, 139, 62),
        (Regression, PaperSystem.Spark, 46, 3),
        (KMeans, PaperSystem.Hadoop, 115, 106),
        (KMeans, PaperSystem.HadoopBinMem, 182, 87),
        (KMeans, PaperSystem.Spark, 82, 33),
    ];

    /// <summary>Figure 8: later iterations on 25, 50 and 100 machines.</summary>
    public static IReadOnlyList<(PaperProgram Program, PaperSystem System, double On25, double On50, double On100)> Figure8 { get; } =
    [
        (Regression, PaperSystem.Hadoop, 184, 111, 76),
        (Regression, PaperSystem.HadoopBinMem, 116, 80, 62),
        (Regression, PaperSystem.Spark, 15, 6, 3),
        (KMeans, PaperSystem.Hadoop, 274, 157, 106),
        (KMeans, PaperSystem.HadoopBinMem, 197, 121, 87),
        (KMeans, PaperSystem.Spark, 143, 61, 33),
    ];

    /// <summary>Figure 10: an iteration of PageRank on 30 and 60 machines.</summary>
    public static IReadOnlyList<(string System, double On30, double On60)> Figure10 { get; } =
        [("Hadoop", 171, 80), ("Spark", 72, 28), (PartitionedAlike, 23, 14)];

    /// <summary>Figure 11: the ten iterations of the run in which a machine is lost.</summary>
    public static IReadOnlyList<double> Figure11 { get; } = [119, 57, 56, 58, 58, 81, 57, 59, 57, 59];

    /// <summary>Figure 12: later iterations with memory for so many percent of the points.</summary>
    public static IReadOnlyList<(int Percent, double Seconds)> Figure12 { get; } = [(0, 68.8), (25, 58.1), (50, 40.7), (75, 29.7), (100, 11.5)];
}
