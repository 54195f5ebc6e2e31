using System.Runtime.ExceptionServices;
using Workbook.Sim;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Cluster;

/// <summary>
/// Runs jobs on a simulated cluster: an action lets virtual time go on until its job is over. Which worker runs a task, and when, changes nothing in its
/// result, as on the threads of one machine.
/// </summary>
internal sealed class ClusterEngine : IEngine
{
    private readonly SparkContext _context;
    private readonly SparkCluster _cluster;
    private readonly SparkDriver _driver;
    private readonly MapOutputTracker _tracker = new();
    private readonly KeptBlocks _kept = new();
    private readonly Instant _zero;

    public ClusterEngine(SparkContext context, SparkCluster cluster)
    {
        (_context, _cluster) = (context, cluster);
        _driver = new SparkDriver(cluster, _tracker, _kept);
        cluster.Begin(_driver, context.Options);
        _zero = cluster.Run.Now;
    }

    public int KeptPartitions(Rdd rdd) => _kept.Count(rdd);

    public void Forget(Rdd rdd)
    {
        _kept.Forget(rdd);
        foreach (var worker in _cluster.Workers)
        {
            if (_cluster.Run[worker].IsUp) _cluster.Run.Process<SparkWorker>(worker).Forget(rdd);
        }
    }

    public bool HasCheckpoint(Rdd rdd, int partition) => _cluster.Storage.HasCheckpoint(rdd, partition);

    public (IReadOnlyList<object?> Results, JobReport Report) Run(SparkJob job)
    {
        var cancel = _context.Options.Cancel;
        var board = new JobBoard(job, _tracker, _context.IsKept);
        var run = new ClusterJob(board, _cluster.Options.MostAttempts, cancel);
        var start = _cluster.Run.Now;
        _cluster.Begins(job.Number);
        _driver.Begin(run);
        try
        {
            while (!_cluster.Run.RunUntil(() => run.IsOver || cancel.IsCancellationRequested, 1.Hours()))
            {
            }

            cancel.ThrowIfCancellationRequested();
            if (run.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
        }
        finally
        {
            // Nothing of it may begin any more. What a worker has written for its shuffles goes when the next job comes to the worker.
            run.Fail(new OperationCanceledException("The job is over."));
            foreach (var stage in board.Stages)
            {
                if (stage.Shuffle is { } shuffle) _tracker.Forget(shuffle);
            }
        }

        return ([.. board.Results], run.Report(_zero, start, _cluster.Run.Now));
    }
}
