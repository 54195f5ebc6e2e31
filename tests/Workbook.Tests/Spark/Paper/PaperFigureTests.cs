using Workbook.Spark;
using Workbook.Spark.Paper;

namespace Workbook.Tests.Spark.Paper;

/// <summary>The figures of §6: what the paper says of them must hold of ours, and the seconds must be near the paper's.</summary>
public sealed class PaperFigureTests
{
    private const string Regression = "logistic regression";
    private const string First = "first iteration";
    private const string Later = "later iterations";

    private static readonly Lazy<PaperFigure> Seven = new(() => PaperFigures.Figure7());
    private static readonly Lazy<PaperFigure> Eight = new(() => PaperFigures.Figure8());
    private static readonly Lazy<PaperFigure> Ten = new(() => PaperFigures.Figure10());
    private static readonly Lazy<PaperFigure> Eleven = new(() => PaperFigures.Figure11());
    private static readonly Lazy<PaperFigure> Twelve = new(() => PaperFigures.Figure12());

    /// <summary>The bars that a number was calibrated on. If the cluster's costs have changed the numbers of PaperMachines must be set anew.</summary>
    [Fact]
    public void What_was_calibrated_comes_out() => Assert.All(
        [
            Seven.Value[Regression, "Hadoop", Later], Seven.Value[Regression, "Spark", First], Seven.Value["k-means", "Spark", Later],
            Ten.Value["", "Spark, partitioned alike", "30 machines"],
        ],
        bar => Assert.InRange(bar.Ratio, 0.97, 1.03));

    [Fact]
    public void Figure_7_is_within_a_fifth_of_the_papers() => Near(Seven.Value, 12, 0.8, 1.2);

    [Theory]
    [InlineData(Regression)]
    [InlineData("k-means")]
    public void In_first_iterations_a_conversion_is_slowest_and_in_later_ones_reading_is(string program)
    {
        string[] systems = ["Hadoop", "HadoopBinMem", "Spark"];
        Assert.Equal(["Spark", "Hadoop", "HadoopBinMem"], systems.OrderBy(system => Seven.Value[program, system, First].Ours));
        Assert.Equal(["Spark", "HadoopBinMem", "Hadoop"], systems.OrderBy(system => Seven.Value[program, system, Later].Ours));
    }

    /// <summary>§6.1: up to 25 times, and 1.9 to 3.2 times where most is computation.</summary>
    [Fact]
    public void Keeping_points_saves_most_where_little_is_computed()
    {
        Assert.InRange(Seven.Value[Regression, "Hadoop", Later].Ours / Seven.Value[Regression, "Spark", Later].Ours, 20, 30);
        Assert.InRange(Seven.Value["k-means", "Hadoop", Later].Ours / Seven.Value["k-means", "Spark", Later].Ours, 2.5, 4);
    }

    [Fact]
    public void Figure_8_is_within_three_tenths_of_the_papers() => Near(Eight.Value, 18, 0.7, 1.3);

    [Fact]
    public void Four_times_the_machines_help_Spark_about_fourfold_and_Hadoop_less_than_threefold()
    {
        foreach (var program in new[] { Regression, "k-means" })
        {
            Assert.InRange(Gain("Spark"), 3.5, 4.5);
            Assert.InRange(Gain("Hadoop"), 1.5, 3);
            Assert.InRange(Gain("HadoopBinMem"), 1.2, 3);

            double Gain(string system) => Eight.Value[program, "25", system].Ours / Eight.Value[program, "100", system].Ours;
        }
    }

    /// <summary>At 60 machines; at 30 the paper's first two systems take more than twice of that, and ours cannot.</summary>
    [Fact]
    public void Figure_10_is_within_a_quarter_of_the_papers_on_60_machines_and_above_half_of_it_on_30()
    {
        Near(Ten.Value, 6, 0.5, 1.25);
        Assert.All(Ten.Value.Bars.Where(bar => bar.Series == "60 machines"), bar => Assert.InRange(bar.Ratio, 0.75, 1.25));
    }

    [Theory]
    [InlineData("30 machines")]
    [InlineData("60 machines")]
    public void Partitions_alike_save_at_least_a_third_of_an_iteration(string machines)
    {
        var (hadoop, spark, alike) = (Time("Hadoop"), Time("Spark"), Time("Spark, partitioned alike"));
        Assert.InRange(alike, 0, spark * 2 / 3);
        Assert.InRange(spark, 0, hadoop / 2);

        double Time(string system) => Ten.Value["", system, machines].Ours;
    }

    [Fact]
    public void Figure_11_is_within_a_fifth_of_the_papers() => Near(Eleven.Value, 10, 0.8, 1.2);

    [Fact]
    public void A_lost_machine_costs_a_part_of_an_iteration_and_nothing_after_it()
    {
        var times = Eleven.Value.Bars.Select(bar => bar.Ours).ToList();
        Assert.InRange(times[5] / times[4], 1.15, 1.5);
        Assert.All(times.Skip(6), time => Assert.InRange(time / times[4], 0.98, 1.02));
        Assert.All(times.Skip(1), time => Assert.InRange(time, 0, times[0]));
    }

    [Fact]
    public void Only_what_the_lost_machine_had_is_read_again()
    {
        var jobs = Eleven.Value.Jobs;
        var points = SparkContext.Lineage(jobs[0].Rdd).Single(rdd => rdd.Name == "points");
        Assert.Equal(400, jobs[0].ComputedPartitions(points));
        Assert.InRange(jobs[5].ComputedPartitions(points), 4, 8);
        Assert.All(jobs.Where((_, at) => at is not (0 or 5)), job => Assert.Equal(0, job.ComputedPartitions(points)));
    }

    [Fact]
    public void Figure_12_is_within_a_fifth_of_the_papers() => Near(Twelve.Value, 5, 0.8, 1.2);

    [Fact]
    public void Each_part_that_has_no_memory_costs_as_much_as_the_one_before()
    {
        var times = Twelve.Value.Bars.Select(bar => bar.Ours).ToList();
        for (var at = 0; at < 5; at++) Assert.InRange(times[at], 0.85 * OnLine(at), 1.15 * OnLine(at));

        double OnLine(int at) => times[0] + ((times[4] - times[0]) * at / 4);
    }

    [Fact]
    public void The_same_seed_gives_the_same_seconds()
    {
        Assert.Equal(Eleven.Value.Bars, PaperFigures.Figure11().Bars);
        Assert.Equal(Twelve.Value.Bars, PaperFigures.Figure12().Bars);
        Assert.NotEqual(Eleven.Value.Bars, PaperFigures.Figure11(seed: 8).Bars);
    }

    [Fact]
    public void A_figure_draws_the_papers_bars_beside_ours_and_lists_them()
    {
        Assert.Equal(["paper, first iteration", "ours, first iteration", "paper, later iterations", "ours, later iterations"],
            Seven.Value.Picture().ToJsonObject()["data"]!.AsArray().Take(4).Select(trace => (string?)trace!["name"]));
        Assert.StartsWith("Figure 12", Twelve.Value.ToString(), StringComparison.Ordinal);
        Assert.Contains("68.8", Twelve.Value.Table().ToText(), StringComparison.Ordinal);
        Assert.Equal("Figure 12: less memory than points has no bar '', '30 %', '': Bars has the names of all.",
            Assert.Throws<ArgumentException>(() => Twelve.Value["", "30 %", ""]).Message);
    }

    private static void Near(PaperFigure figure, int bars, double least, double most)
    {
        Assert.Equal(bars, figure.Bars.Count);
        Assert.All(figure.Bars, bar => Assert.InRange(bar.Ratio, least, most));
    }
}
