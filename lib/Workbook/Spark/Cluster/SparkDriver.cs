using Workbook.Sim;
using Workbook.Spark.Scheduling;

namespace Workbook.Spark.Cluster;

/// <summary>
/// The driver (Figure 2, §5.1): gives tasks to workers, near to what they read where that can be, and finds out which workers are lost. It never crashes: the
/// program is in it.
/// </summary>
internal sealed class SparkDriver(SparkCluster cluster, MapOutputTracker tracker, KeptBlocks kept) : Process
{
    private readonly List<WorkerState> _workers = [.. cluster.Workers.Select(name => new WorkerState(name))];
    private readonly Dictionary<long, Attempt> _running = [];
    private readonly SilentPairs _silent = new(cluster.Options.LostAfter);
    private ClusterJob? _job;
    private Alarm? _retry;
    private Instant _someoneThere;
    private long _attempts;

    private ClusterOptions Options => cluster.Options;

    /// <summary>Begins a job. What runs of the one before it goes on, and comes to nothing.</summary>
    public void Begin(ClusterJob job) => Spawn(async () =>
    {
        if (Options.JobStartup > TimeSpan.Zero) await Sleep(Options.JobStartup);
        (_job, _someoneThere) = (job, Now);
        Dispatch();
    });

    protected override void Start() => Spawn(async () =>
    {
        while (true)
        {
            await Sleep(Options.HeartbeatEvery);
            Look();
        }
    });

    protected override void Receive(Message message, Sender from)
    {
        switch (message)
        {
            case Heartbeat heartbeat:
                Hear(_workers.First(worker => worker.Name == from.Node.Name), heartbeat.Session);
                break;
            case Report report:
                from.Reply(new Noted());
                if (_running.Remove(report.Attempt, out var attempt)) Take(attempt, report);
                break;
        }
    }

    private void Hear(WorkerState worker, long session)
    {
        // Messages may overtake each other: an older session has nothing to say.
        if (session < worker.Session) return;
        if (session == worker.Session)
        {
            if (worker.IsThere) worker.HeardAt(Now);
            else Send(worker.Name, new StartOver(session));
            return;
        }

        if (worker.IsThere) Lose(worker);
        worker.Came(session, Now);
        Dispatch();
    }

    /// <summary>Who was not heard of for too long is lost; and where nobody is left the job waits only so long.</summary>
    private void Look()
    {
        foreach (var worker in _workers.Where(worker => worker.IsThere && Now - worker.Heard > Options.LostAfter).ToList()) Lose(worker);
        if (_workers.Any(worker => worker.IsThere)) _someoneThere = Now;
        if (_job is { IsOver: false } job && Now - _someoneThere > Options.GiveUpAfter)
        {
            job.Fail(new SparkException(
                $"{job.Board.Job.Action} on {job.Board.Job.Rdd.Label} was given up: no worker has been there for {Seconds(Options.GiveUpAfter)}; restart one, or heal the network."));
        }

        Dispatch();
    }

    private static string Seconds(TimeSpan time) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} seconds");

    private void Lose(WorkerState worker)
    {
        Note($"{worker.Name} is lost");
        foreach (var attempt in worker.Lost())
        {
            _running.Remove(attempt.Number);
            attempt.Job.Abandon(attempt, Now);
        }

        tracker.Lost(worker.Name);
        kept.Lost(worker.Name);
        _silent.Forget(worker.Name);
        foreach (var each in _workers) each.IdleUntil = Instant.Start;
    }

    private void Take(Attempt attempt, Report report)
    {
        attempt.Worker.Remove(attempt);
        foreach (var silent in report.Silent.Where(name => _workers.Any(worker => worker.Name == name && worker.IsThere)))
            _silent.Add(attempt.Worker.Name, silent, Now);
        switch (report)
        {
            case TaskFinished finished:
                foreach (var change in finished.Changes) Keep(change, attempt.Worker.Name);
                attempt.Job.Done(attempt, finished, Now);
                break;
            case TaskFailed failed:
                attempt.Job.Fail(attempt, failed.Exception, Now);
                break;
            case FetchFailed failed:
                if (attempt.Job == _job && !attempt.Job.IsOver) Miss(failed.Missing);
                attempt.Job.Abandon(attempt, Now);
                break;
        }

        Dispatch();
    }

    private void Keep(KeptChange change, string worker)
    {
        if (change.IsKept) kept.Add(change.Rdd, change.Partition, worker);
        else kept.Remove(change.Rdd, change.Partition, worker);
    }

    /// <summary>What a task did not find is lost, until somebody makes it again.</summary>
    private void Miss(IReadOnlyList<MissingInput> missing)
    {
        foreach (var each in missing)
        {
            if (each.Shuffle is null) kept.Remove(each.Kept!, each.Partition, each.Holder);
            else if (tracker.Holder(each.Shuffle, each.Partition) == each.Holder) tracker.Lost(each.Shuffle, each.Partition);
        }
    }

    /// <summary>Starts what can start. A task waits for a worker that has its input, but not for ever (delay scheduling).</summary>
    private void Dispatch()
    {
        if (_job is not { IsOver: false } job) return;
        var (soonest, isAnyGivenUp) = (TimeSpan.MaxValue, false);
        foreach (var task in job.Ready())
        {
            if (!_workers.Any(IsFree)) break;
            if (TaskInputs.Of(task, kept, tracker) is not { } inputs) continue;
            var readers = _workers.Where(worker => IsOfUse(worker) && !OutOfReach(worker, inputs).Any()).ToList();
            if (readers.Count == 0)
            {
                GiveUp(inputs);
                isAnyGivenUp = true;
                continue;
            }

            var near = Near(inputs).Where(readers.Contains).ToList();
            var left = job.ReadySince(task, Now) + Options.LocalityWait - Now;
            if (Freest(near) is { } worker || ((near.Count == 0 || left <= TimeSpan.Zero) && (worker = Freest(readers)) is not null))
            {
                if (!job.Start(task)) return;
                Launch(job, task, inputs, worker);
            }
            else if (left > TimeSpan.Zero && left < soonest)
            {
                soonest = left;
            }
        }

        if (isAnyGivenUp) Dispatch();
        if (isAnyGivenUp || soonest == TimeSpan.MaxValue) return;
        if (_retry is null) _retry = After(soonest, Dispatch);
        else _retry.Restart(soonest);
    }

    /// <summary>
    /// No worker can reach all that a task reads. So it is to be read by the one that can reach the most, the rest is lost, and those who have that rest are
    /// given nothing to do meanwhile, or it would be made with them again.
    /// </summary>
    private void GiveUp(TaskInputs inputs)
    {
        var reader = _workers.Where(IsOfUse).MinBy(worker => OutOfReach(worker, inputs).Count())!;
        foreach (var holder in OutOfReach(reader, inputs).ToList())
        {
            Note($"{holder} and {reader.Name} cannot talk; {holder} gets no tasks");
            _workers.First(worker => worker.Name == holder).IdleUntil = _silent.Until(reader.Name, holder);
            foreach (var input in inputs.Kept) kept.Remove(input.Rdd, input.Partition, holder);
            foreach (var input in inputs.Shuffles) tracker.Lost(input.Shuffle, holder);
        }
    }

    private IEnumerable<string> OutOfReach(WorkerState worker, TaskInputs inputs) =>
        _silent.IsEmpty ? [] : inputs.OutOfReach(holder => holder == worker.Name || _silent.CanTalk(worker.Name, holder, Now));

    private bool IsOfUse(WorkerState worker) => worker.IsThere && worker.IdleUntil <= Now;

    private bool IsFree(WorkerState worker) => IsOfUse(worker) && worker.Attempts.Count < Options.Cores;

    private WorkerState? Freest(IEnumerable<WorkerState> workers) => workers.Where(IsFree).MinBy(worker => worker.Attempts.Count);

    /// <summary>The workers that keep what a task reads; of sources and checkpoints, those with a copy on disk. None, when all comes from shuffles.</summary>
    private IEnumerable<WorkerState> Near(TaskInputs inputs)
    {
        var holders = inputs.Kept.Count > 0
            ? inputs.Kept.SelectMany(input => input.Holders)
            : inputs.Sources.Concat(inputs.Checkpoints).SelectMany(input => cluster.Storage.Holders(input.Partition));
        var counts = holders.GroupBy(holder => holder).ToDictionary(holder => holder.Key, holder => holder.Count());
        if (counts.Count == 0) return [];
        var most = counts.Values.Max();
        return _workers.Where(worker => counts.GetValueOrDefault(worker.Name) == most);
    }

    private void Launch(ClusterJob job, StageTask task, TaskInputs inputs, WorkerState worker)
    {
        var attempt = new Attempt(_attempts++, job, task, worker, worker.Session, Now);
        _running[attempt.Number] = attempt;
        worker.Add(attempt);
        var launch = new LaunchTask(attempt.Number, worker.Session, job.Board.Job.Number, task.Stage.Number, task.Partition)
        {
            Task = task,
            Work = job.Board.Job,
            Inputs = inputs,
            Cancel = job.Cancel,
        };
        Spawn(async () =>
        {
            while (_running.ContainsKey(attempt.Number) && await Call<Launched>(worker.Name, launch, Options.Patience) is null)
            {
                // It may still be heard of: where a cut is one way, it is as lost as where it is both.
                if (!_running.ContainsKey(attempt.Number) || Now - attempt.Start <= Options.LostAfter) continue;
                Lose(worker);
                Dispatch();
            }
        });
    }
}
