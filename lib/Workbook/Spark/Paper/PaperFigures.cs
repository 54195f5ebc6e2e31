namespace Workbook.Spark.Paper;

/// <summary>
/// Figures 7, 8, 10, 11 and 12 (§6), run on the simulated cluster. The same seed gives the same figure. What is calibrated on which bar stands at
/// <see cref="PaperMachines"/>.
/// </summary>
public static class PaperFigures
{
    /// <summary>Figure 7: first and later iterations of logistic regression and k-means, 100 GB on 100 machines, on each of three systems.</summary>
    public static PaperFigure Figure7(ulong seed = 7) => new(
        "Figure 7: 100 GB on 100 machines",
        [
            .. from time in PublishedTimes.Figure7
               let run = new LearningRun(time.Program, time.System, 100, seed).Run().Seconds
               from bar in new[] { ("first iteration", time.First, run[0]), ("later iterations", time.Later, run.Skip(1).Average()) }
               select new PaperBar(Name(time.Program), $"{time.System}", bar.Item1, bar.Item2, bar.Item3),
        ])
    { Axis = "system" };

    /// <summary>Figure 8: the later iterations on 25, 50 and 100 machines.</summary>
    public static PaperFigure Figure8(ulong seed = 7) => new(
        "Figure 8: more and more machines",
        [
            .. from time in PublishedTimes.Figure8
               from at in new (int Machines, double Seconds)[] { (25, time.On25), (50, time.On50), (100, time.On100) }
               select new PaperBar(
                   Name(time.Program), $"{at.Machines}", $"{time.System}", at.Seconds,
                   Later(new(time.Program, time.System, at.Machines, seed) { Iterations = 2 })),
        ])
    { Axis = "machines" };

    /// <summary>Figure 10: an iteration of PageRank on 30 and on 60 machines.</summary>
    public static PaperFigure Figure10(ulong seed = 7) => new(
        "Figure 10: PageRank",
        [
            .. from time in PublishedTimes.Figure10
               from at in new (int Machines, double Seconds)[] { (30, time.On30), (60, time.On60) }
               let run = new WikipediaRun(at.Machines, seed)
               let ours = time.System == "Hadoop" ? run.OnHadoop() : run.OnSpark(time.System == PublishedTimes.PartitionedAlike)
               select new PaperBar("", time.System, $"{at.Machines} machines", at.Seconds, ours),
        ])
    { Axis = "system" };

    /// <summary>Figure 11: ten iterations of k-means on 75 machines; one is lost as the sixth begins.</summary>
    public static PaperFigure Figure11(ulong seed = 7)
    {
        var (seconds, jobs) = new LearningRun(PaperProgram.KMeans, PaperSystem.Spark, 75, seed) { Loses = ("w40", 6) }.Run();
        return new(
            "Figure 11: k-means, a machine lost",
            [.. PublishedTimes.Figure11.Select((time, at) => new PaperBar("", $"{at + 1}", "", time, seconds[at]))])
        {
            Axis = "iteration",
            Jobs = jobs,
        };
    }

    /// <summary>Figure 12: later iterations of logistic regression on 25 machines, with memory for a part of the points.</summary>
    public static PaperFigure Figure12(ulong seed = 7) => new(
        "Figure 12: less memory than points",
        [
            .. PublishedTimes.Figure12.Select(time => new PaperBar("", $"{time.Percent} %", "", time.Seconds, Later(new(
                PaperProgram.LogisticRegression, PaperSystem.Spark, 25, seed) { MemoryShare = time.Percent / 100.0, Iterations = 3 }))),
        ])
    { Axis = "memory for" };

    private static double Later(LearningRun run) => run.Run().Seconds.Skip(1).Average();

    private static string Name(PaperProgram program) => program == PaperProgram.KMeans ? "k-means" : "logistic regression";
}
