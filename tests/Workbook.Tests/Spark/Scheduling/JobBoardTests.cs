using Workbook.Sim;
using Workbook.Spark;
using Workbook.Spark.Scheduling;

namespace Workbook.Tests.Spark.Scheduling;

/// <summary>Which tasks there are after something was lost, whoever would run them.</summary>
public sealed class JobBoardTests
{
    /// <summary>
    /// The last stage needs both shuffles, and the second one is made of the first: what is lost of the first one is asked for by the second alone.
    /// </summary>
    [Fact]
    public void What_is_lost_is_made_again_though_others_wait_for_something_else()
    {
        var tracker = new MapOutputTracker();
        var board = Board(tracker);
        Run(board, "w1");
        Assert.Equal("1/0 1/1 1/2", Ready(board));
        tracker.Lost("w1");
        Assert.Equal("0/0 0/1 0/2", Ready(board));
        Run(board, "w2");
        Run(board, "w1");
        Assert.Equal("2/0 2/1 2/2", Ready(board));
        tracker.Lost("w2");
        Assert.Equal("0/0 0/1 0/2", Ready(board));
        Run(board, "w3");
        Run(board, "w3");
        Assert.True(board.IsFinished);
    }

    /// <summary>Whatever is lost whenever, there is always something to do, and once nothing is lost any more the job ends.</summary>
    [Fact]
    public void A_job_is_never_at_its_wits_end()
    {
        for (var seed = 0UL; seed < (ulong)Seeds.Count(200); seed++)
        {
            var random = new Rng(seed);
            var tracker = new MapOutputTracker();
            var isKept = false;
            var board = Board(tracker, rdd => isKept && rdd.StorageLevel != StorageLevel.None);
            for (var step = 0; !board.IsFinished; step++)
            {
                Assert.True(step < 400, $"Seed {seed}: the job does not end.");
                var ready = board.Ready().ToList();
                Assert.True(ready.Count > 0, $"Seed {seed}, step {step}: no task is left, and the job is not done.");
                var task = ready[random.Next(ready.Count)];
                board.Start(task);
                board.Done(task, $"w{random.Next(3)}", null);
                if (step >= 100) continue;
                if (random.Chance(0.2)) tracker.Lost($"w{random.Next(3)}");
                if (random.Chance(0.1)) isKept = !isKept;
            }
        }
    }

    private static JobBoard Board(MapOutputTracker tracker, Func<Rdd, bool>? isKept = null)
    {
        var spark = SparkInputs.Context();
        var sums = spark.Range(0, 30, 3).Map(number => (Key: number % 7, Value: number)).ReduceByKey((a, b) => a + b).Cache();
        var turned = sums.Map(sum => (Key: sum.Value % 5, Value: sum.Key)).ReduceByKey((a, b) => a + b);
        var job = new SparkJob<(long, (long, long)), int>("count", sums.Join(turned), [0, 1, 2], (_, _) => 0);
        return new JobBoard(job, tracker, isKept ?? (_ => false));
    }

    private static string Ready(JobBoard board) => string.Join(' ', board.Ready().Select(task => $"{task.Stage.Number}/{task.Partition}"));

    private static void Run(JobBoard board, string worker)
    {
        foreach (var task in board.Ready())
        {
            board.Start(task);
            board.Done(task, worker, null);
        }
    }
}
