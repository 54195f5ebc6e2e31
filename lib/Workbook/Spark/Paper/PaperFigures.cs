using Workbook.Draw;

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
    {
        Axis = "system",
        Reason = "Four of these bars were used to set the model's numbers. HadoopBinMem's first job takes longer here: it writes three copies over a network of "
            + "1 Gbit/s that the paper does not describe.",
    };

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
    {
        Axis = "machines",
        Reason = "A Hadoop task with three others beside it takes about twice as long as Figure 9 has for one alone, which we follow; so on few machines, where tasks "
            + "count for more than the start of a job, ours is too fast.",
    };

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
    {
        Axis = "system",
        Reason = "With twice the machines the paper's Spark is 2.6 times as fast: on 30 machines something more than work was short, probably memory for the shuffle, "
            + "and here a shuffle never runs out of it.",
    };

    /// <summary>Figure 11: ten iterations of k-means on 75 machines; one is lost as the sixth begins.</summary>
    public static PaperFigure Figure11(ulong seed = 7)
    {
        var (seconds, jobs) = new LearningRun(PaperProgram.KMeans, PaperSystem.Spark, 75, seed) { Loses = ("w40", 6) }.Run();
        return new(
            "Figure 11: k-means, a machine lost",
            [.. PublishedTimes.Figure11.Select((time, at) => new PaperBar("", $"{at + 1}", "", time, seconds[at]))])
        {
            Axis = "iteration",
            Reason = "400 tasks on 300 cores are two rounds of 33 s here, as Figure 7 has them; the paper's tasks must have been faster in this run, or not equally long.",
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
    {
        Axis = "memory for",
        Reason = "Our disk is read each time; the paper's machines could have 4 GB each in the operating system's own cache.",
    };

    /// <summary>The figures of §6 that are not reproduced, and why.</summary>
    public static Comparison LeftOut { get; } = new Comparison(PaperFigure.Source, "Figures 9, 13 and 14")
        .LeftOut("Figure 9: an iteration by where its input is", "15.4, 8.4 and 2.9 s for 256 MB", "It goes in: the model takes its task times from here.")
        .LeftOut("Figure 13: a traffic model", "1,521 s on 20 machines to 422 s on 80", "The paper does not describe its data and functions closely enough to run them.")
        .LeftOut("Figure 14: queries by hand on 1 TB", "5 to 7 s a query", "It measures a scan of memory by 100 machines, about which a model can only repeat what is put in.");

    private static double Later(LearningRun run) => run.Run().Seconds.Skip(1).Average();

    private static string Name(PaperProgram program) => program == PaperProgram.KMeans ? "k-means" : "logistic regression";
}
