using Workbook.Spark;

namespace Workbook.Tests.Spark;

/// <summary>Jobs that are stopped, fail, or are asked for by two threads at once.</summary>
public sealed class JobTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_cancelled_job_stops_and_says_so(int threads)
    {
        using var stop = new CancellationTokenSource();
        var spark = new SparkContext(new SparkOptions { Threads = threads, Cancel = stop.Token });
        Assert.ThrowsAny<OperationCanceledException>(() => spark.Range(0, long.MaxValue, 8).Map(number =>
        {
            if (number == 3_000) stop.Cancel();
            return number;
        }).Count());
        Assert.ThrowsAny<OperationCanceledException>(() => spark.Range(0, 1).Count());
    }

    [Fact]
    public void A_sequence_without_end_from_one_record_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        var spark = new SparkContext(new SparkOptions { Cancel = stop.Token });
        Assert.ThrowsAny<OperationCanceledException>(() => spark.Range(0, 1).FlatMap(_ => Endless(stop)).Count());
    }

    [Fact]
    public void A_function_that_gives_up_by_itself_has_failed_and_is_not_taken_for_a_cancelled_job()
    {
        var failure = Assert.Throws<SparkException>(() => SparkInputs.Context().Range(0, 3, 1).Map(Cancelled).Count());
        Assert.StartsWith("The function of map (dataset 1) failed at record 0 of partition 0, '0': OperationCanceledException: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_failure_the_context_goes_on_and_nothing_of_the_job_is_left()
    {
        var spark = SparkInputs.Context();
        var fails = true;
        var pairs = spark.Range(0, 100, 5).Map(number => (Key: number % 3, Value: number)).ReduceByKey((a, b) => a + b).Map(pair =>
            fails && pair.Key == 1 ? throw new InvalidOperationException("not yet") : pair);
        Assert.Throws<SparkException>(() => pairs.Count());
        fails = false;
        Assert.Equal(3, pairs.Count());
        Assert.Equal("count", Assert.Single(spark.Jobs).Action);
        Assert.Equal([5, 5], spark.LastJob.Stages.Select(stage => stage.Tasks));
    }

    [Fact]
    public async Task Jobs_of_two_threads_run_one_after_the_other()
    {
        var spark = SparkInputs.Context();
        var running = 0;
        var most = 0;
        var numbers = spark.Range(0, 20, 1).Map(number =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Interlocked.Decrement(ref running);
            return number;
        }).Map(number => (Key: number % 3, Value: number)).Cache();
        var sums = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => numbers.ReduceByKey((a, b) => a + b).Values().Sum())));
        Assert.All(sums, sum => Assert.Equal(190, sum));
        Assert.Equal(1, most);
        Assert.Equal(Enumerable.Range(0, 12), spark.Jobs.Select(job => job.Number));
        Assert.All(spark.Jobs, job => Assert.True(job.End >= job.Start && job.Elapsed >= TimeSpan.Zero));
    }

    [Fact]
    public void A_report_says_what_a_job_has_read_and_moved()
    {
        var spark = SparkInputs.Context();
        _ = spark.Range(0, 1_000, 4).Map(number => (Key: (int)number % 10, Value: (int)number)).GroupByKey(3).Count();
        var job = spark.LastJob;
        Assert.Equal(("count", 8_000, 1_000, 8_000, 7), (job.Action, job.SourceBytes, job.ShuffledRecords, job.ShuffledBytes, job.Tasks.Count));
        Assert.All(job.Tasks, task => Assert.True(task.Succeeded));
        Assert.Equal(2_000, job.Records);
    }

    private static long Cancelled(long number) => throw new OperationCanceledException($"{number} took too long");

    private static IEnumerable<int> Endless(CancellationTokenSource stop)
    {
        for (var number = 0; ; number++)
        {
            if (number == 5_000) stop.Cancel();
            yield return number;
        }
    }
}
