using Workbook.MapReduce;
using Workbook.MapReduce.Cluster;
using Workbook.Sim;

namespace Workbook.Tests.MapReduce.Cluster;

/// <summary>The scenes of lecture 1, on the simulated cluster.</summary>
public sealed class SceneTests
{
    private static readonly string[] LectureAnswer = ["a 2", "b 2", "c 1"];

    private static MapReduceCluster Cluster(ulong seed = 1, ClusterOptions? options = null) =>
        new(MapReduceScenes.Count, MapReduceScenes.ThreeInputs, seed, options);

    private static TaskAttempt Completed(MapReduceCluster cluster, TaskKind kind, int task) =>
        cluster.Coordinator.Attempts.Single(attempt => attempt.Kind == kind && attempt.Task == task && attempt.Outcome == AttemptOutcome.Completed);

    private static int Executions(MapReduceCluster cluster, TaskKind kind) => cluster.Coordinator.Attempts.Count(attempt => attempt.Kind == kind);

    [Fact]
    public void Three_inputs_give_a_2_b_2_c_1()
    {
        var cluster = Cluster().RunToEnd();
        Assert.Equal("done", cluster.Status);
        Assert.Equal(LectureAnswer, cluster.Lines.Order());
        Assert.Null(cluster.Difference());
    }

    [Fact]
    public void A_worker_dies_during_a_map_and_the_map_runs_again()
    {
        var cluster = Cluster(options: new ClusterOptions { Rules = MapReduceRules.All with { BackupTasks = false } }).RunFor(0.5.Seconds());
        var victim = Assert.Single(cluster.Coordinator.Attempts, attempt => attempt is { Kind: TaskKind.Map, Task: 0 }).Worker;
        cluster.Crash(victim).RunToEnd();
        Assert.Equal(AttemptOutcome.Lost, cluster.Coordinator.Attempts[0].Outcome);
        Assert.NotEqual(victim, Completed(cluster, TaskKind.Map, 0).Worker);
        Assert.Null(cluster.Difference());
    }

    [Fact]
    public void A_worker_dies_after_its_maps_finished_and_they_run_again()
    {
        var cluster = Cluster(options: new ClusterOptions { Costs = new TaskCosts(1.Seconds(), 0.5.Seconds(), 0.1.Seconds()), Slowness = [1, 6, 6] });
        Assert.True(cluster.Run.RunUntil(() => cluster.Coordinator.MapsDone == 1, 1.Minutes()));
        var first = cluster.Coordinator.Attempts.Single(attempt => attempt.Outcome == AttemptOutcome.Completed);
        cluster.Crash(first.Worker).RunToEnd();
        Assert.Equal(AttemptOutcome.OutputLost, first.Outcome);
        Assert.NotEqual(first.Worker, Completed(cluster, TaskKind.Map, first.Task).Worker);
        Assert.Null(cluster.Difference());
    }

    [Fact]
    public void A_worker_dies_after_all_reduces_fetched_and_nothing_runs_again()
    {
        // Five workers, so that one of them has only maps.
        var cluster = Cluster(options: new ClusterOptions
        {
            Workers = 5,
            Rules = MapReduceRules.All with { BackupTasks = false },
            Costs = new TaskCosts(1.Seconds(), 20.Seconds(), 0.1.Seconds()),
        });
        cluster.RunFor(10.Seconds());
        Assert.Equal(3, cluster.Coordinator.MapsDone);
        var reducing = cluster.Coordinator.Attempts.Where(attempt => attempt.Kind == TaskKind.Reduce).Select(attempt => attempt.Worker).ToHashSet();
        var mapper = cluster.Coordinator.Attempts.First(attempt => attempt.Kind == TaskKind.Map && !reducing.Contains(attempt.Worker)).Worker;
        cluster.Crash(mapper).RunToEnd();
        Assert.Equal(3, Executions(cluster, TaskKind.Map));
        Assert.Equal(2, Executions(cluster, TaskKind.Reduce));
        Assert.Null(cluster.Difference());
    }

    [Fact]
    public void A_worker_dies_during_a_reduce_and_finished_reduces_are_kept()
    {
        var cluster = Cluster(options: new ClusterOptions
        {
            Slowness = [1, 1, 20],
            Reducers = 3,
            Rules = MapReduceRules.All with { BackupTasks = false },
        });
        Assert.True(cluster.Run.RunUntil(() => cluster.Coordinator.ReducesDone == 2, 5.Minutes()));
        var kept = cluster.Coordinator.Attempts.Where(attempt => attempt is { Kind: TaskKind.Reduce, Outcome: AttemptOutcome.Completed }).ToList();
        var late = cluster.Coordinator.Attempts.Single(attempt => attempt is { Kind: TaskKind.Reduce, Outcome: AttemptOutcome.Running });
        cluster.Crash(late.Worker).RunToEnd();
        Assert.All(kept, attempt => Assert.Equal(AttemptOutcome.Completed, attempt.Outcome));
        Assert.Equal(4, Executions(cluster, TaskKind.Reduce));
        Assert.Null(cluster.Difference());
    }

    [Fact]
    public void The_same_map_given_to_two_workers_is_counted_once()
    {
        var cluster = Cluster(options: new ClusterOptions { Slowness = [1, 1, 8] }).RunToEnd();
        cluster.RunFor(1.Minutes());
        Assert.Contains(cluster.Coordinator.Attempts, attempt => attempt is { Kind: TaskKind.Map, IsBackup: true });
        Assert.Contains(cluster.Coordinator.Attempts, attempt => attempt is { Kind: TaskKind.Map, Outcome: AttemptOutcome.TooLate });
        Assert.Null(cluster.Difference());
    }

    [Fact]
    public void The_same_reduce_given_to_two_workers_leaves_one_whole_output_file()
    {
        // Reduce 2 runs on w3, which is slow, and as a backup on w2. The backup ends within milliseconds of reduce 3 on w1, the job's last
        // task: in about half of the runs before it.
        var finishedTwice = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var cluster = Cluster(seed, new ClusterOptions
            {
                Slowness = [1, 1, 1.8],
                Reducers = 4,
                Costs = new TaskCosts(0.1.Seconds(), 3.Seconds(), 0.01.Seconds()),
            }).RunToEnd();
            finishedTwice += cluster.Coordinator.Attempts.Count(attempt => attempt is { Kind: TaskKind.Reduce, Outcome: AttemptOutcome.TooLate });
            Assert.Null(cluster.Difference());
            Assert.All(cluster.Output, file => Assert.NotNull(file));
        }

        Assert.True(finishedTwice > 0);
    }

    [Fact]
    public void A_straggler_holds_up_the_job_unless_there_are_backup_tasks()
    {
        TimeSpan Time(MapReduceRules rules) =>
            Cluster(options: new ClusterOptions { Slowness = [1, 1, 20], Rules = rules }).RunToEnd().Run.Now.SinceStart;
        Assert.True(Time(MapReduceRules.All with { BackupTasks = false }) > 3 * Time(MapReduceRules.All));
    }

    [Fact]
    public void A_coordinator_that_crashes_has_failed_the_job_and_no_output_is_half_written()
    {
        for (var tenths = 1; tenths < 40; tenths++)
        {
            var cluster = Cluster().RunFor((tenths / 10.0).Seconds());
            if (cluster.Status == "done") break;
            cluster.Crash("coordinator").RunToEnd();
            cluster.RunFor(5.Minutes());
            Assert.StartsWith("failed: the coordinator crashed", cluster.Status);
            Assert.Throws<ArgumentException>(() => cluster.Restart("coordinator"));
            var right = MapReduceScenes.Count.RunSequentially(MapReduceScenes.ThreeInputs, 2).Files;
            Assert.All(Enumerable.Range(0, 2), reduce => Assert.True(cluster.Output[reduce] is not { } file || file.SequenceEqual(right[reduce])));
            Assert.All(["w1", "w2", "w3"], worker => Assert.True(cluster.Run.Process<DataWorker>(worker).HasLeft));
        }
    }

    [Fact]
    public void A_map_that_throws_fails_the_job_with_the_file_in_which_it_threw()
    {
        var job = Job
            .Map((Line line, Emit<string, int> emit) =>
            {
                if (line.Text == "b") throw new FormatException("no number");
                emit(line.Text, 1);
            })
            .Reduce((_, ones) => ones.Sum());
        var cluster = new MapReduceCluster(job, MapReduceScenes.ThreeInputs).RunToEnd();
        Assert.Contains("input2", cluster.Status);
        Assert.Contains("no number", cluster.Status);
        Assert.StartsWith("failed:", cluster.Status);
    }

    [Fact]
    public void A_cluster_without_workers_or_reducers_is_refused()
    {
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => Cluster(options: new ClusterOptions { Workers = 0 })).Message);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => Cluster(options: new ClusterOptions { Reducers = 0 })).Message);
    }
}
