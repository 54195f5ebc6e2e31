using Workbook.MapReduce.Cluster;

namespace Workbook.MapReduce.Real;

/// <summary>A worker in a process of its own. The reader's functions run beside the loop that answers messages, however long they take.</summary>
internal sealed class LiveDataWorker(WorkerSettings settings, LiveTimes times) : DataWorker(settings)
{
    protected override TimeSpan Patience => times.Patience;

    protected override TimeSpan FetchPatience => times.Patience;

    protected override TimeSpan GiveUpAfter => times.GiveUpAfter;

    /// <summary>Whether the worker has got as far as knowing what the job is.</summary>
    public bool KnowsJob { get; private set; }

    protected override async Task Prepare(JobDescription job)
    {
        await base.Prepare(job);
        KnowsJob = true;
    }

    // A thread of its own: on the pool's few, two slow functions would keep the network from being read, and the worker would seem dead.
    protected override Task<T> Compute<T>(Func<T> function) =>
        Task.Factory.StartNew(function, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
