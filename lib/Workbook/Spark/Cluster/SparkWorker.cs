using Workbook.Sim;
using Workbook.Spark.Real;
using Workbook.Spark.Scheduling;
using Workbook.Spark.Shuffle;
using Workbook.Spark.Storage;

namespace Workbook.Spark.Cluster;

/// <summary>
/// A worker (Figure 2): runs tasks, keeps partitions in memory and what its map tasks have made, and gives both to other workers. All of that goes with it
/// when it crashes.
/// </summary>
/// <remarks>
/// A task fetches first, then computes all at once and for real, and then lets the time pass that this would have taken. What it has made for a shuffle or
/// for the program is there at the end of that time.
/// </remarks>
internal sealed class SparkWorker(SparkCluster cluster, SparkOptions spark) : Process
{
    /// <summary>How often a worker that does not answer is asked before its blocks are said to be missing.</summary>
    private const int Askings = 2;

    private static readonly NodeId Driver = SparkCluster.Driver;

    private readonly HashSet<long> _attempts = [];
    private readonly HashSet<int> _broadcasts = [];
    private readonly Dictionary<WideDependency, (int Job, MapOutput?[] Outputs)> _outputs = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Rdd, HashSet<int>> _told = [];
    private BlockStore _kept = null!;
    private long _session;

    private ClusterOptions Options => cluster.Options;

    /// <summary>The program wants this dataset kept no longer.</summary>
    public void Forget(Rdd rdd)
    {
        _kept.Forget(rdd);
        _told.Remove(rdd);
    }

    protected override void Start()
    {
        Empty();
        Spawn(async () =>
        {
            while (true)
            {
                Send(Driver, new Heartbeat(_session));
                await Sleep(Options.HeartbeatEvery);
            }
        });
    }

    protected override void Receive(Message message, Sender from)
    {
        switch (message)
        {
            case StartOver over when over.Session == _session:
                Empty();
                Send(Driver, new Heartbeat(_session));
                break;
            case LaunchTask launch:
                // The launch may come twice, and may be meant for what this worker was before.
                if (launch.Session == _session && _attempts.Add(launch.Attempt)) Spawn(() => Run(launch));
                from.Reply(new Launched());
                break;
            case FetchBlocks fetch:
                from.Reply(new Blocks(fetch.Shuffle) { Outputs = [.. fetch.Maps.Select(map => Output(fetch.Dependency, map))] });
                break;
            case FetchKept fetch:
                var kept = _kept.Find(fetch.Dataset, fetch.Partition);
                from.Reply(new KeptBlock(fetch.Rdd, fetch.Partition, kept?.IsOnDisk ?? false) { Block = kept?.Block });
                break;
        }
    }

    private void Empty()
    {
        _session = cluster.NextSession();
        _attempts.Clear();
        _broadcasts.Clear();
        _outputs.Clear();
        _told.Clear();
        _kept = new BlockStore((long)(spark.Memory / Options.Scale), spark.Rules.EvictOtherDatasets, block => block);
    }

    private MapOutput? Output(WideDependency shuffle, int map) => _outputs.TryGetValue(shuffle, out var found) ? found.Outputs[map] : null;

    private async Task Run(LaunchTask launch)
    {
        foreach (var old in _outputs.Where(each => each.Value.Job < launch.Job).Select(each => each.Key).ToList()) _outputs.Remove(old);
        var executor = new TaskExecutor(Self.Name, _kept, cluster.Storage, Options);
        var silent = new HashSet<string>();
        var missing = await Fetch(launch.Inputs, executor, silent);
        if (_session != launch.Session) return;
        var report = missing.Count > 0 ? new FetchFailed(launch.Attempt) { Missing = missing } : await Compute(launch, executor);
        if (silent.Count > 0) report = report with { Silent = [.. silent] };
        while (_session == launch.Session && await Call<Noted>(Driver, report, Options.Patience) is null)
        {
        }
    }

    private async Task<Report> Compute(LaunchTask launch, TaskExecutor executor)
    {
        var (task, shuffle) = (launch.Task, launch.Task.Stage.Shuffle);
        var context = new TaskContext(executor, launch.Cancel);
        object? result;
        try
        {
            result = TaskStack.Run(task.Stage.Rdd.NarrowSteps, () =>
                context.Run<object?>(running => shuffle is null ? launch.Work.Run(task.Partition, running) : shuffle.Map(task.Partition, running)));
        }
        catch (FetchFailedException)
        {
            // The program keeps a dataset no longer that it kept when the task was given out: now there is more to fetch.
            return new FetchFailed(launch.Attempt) { Missing = [] };
        }
        catch (Exception e)
        {
            return new TaskFailed(launch.Attempt) { Exception = e };
        }

        var changes = Changes();
        var small = context.Broadcasts.Where(each => _broadcasts.Add(each.Broadcast)).Sum(each => each.Bytes);
        await Sleep(executor.Cost(context, launch.Inputs.Sources, small + (shuffle is null ? launch.Work.BytesOf(result) : 0)));
        if (_session == launch.Session)
        {
            executor.Commit();
            if (shuffle is not null) Leave(launch.Job, shuffle, task.Partition, (MapOutput)result!);
        }

        return new TaskFinished(launch.Attempt) { Context = context, Result = shuffle is null ? result : null, Changes = changes };
    }

    private void Leave(int job, WideDependency shuffle, int map, MapOutput output)
    {
        if (!_outputs.TryGetValue(shuffle, out var found)) _outputs[shuffle] = found = (job, new MapOutput?[shuffle.Parent.Partitions]);
        found.Outputs[map] = output;
    }

    /// <summary>What is kept since the driver was told last, and what is not any more.</summary>
    private List<KeptChange> Changes()
    {
        var changes = new List<KeptChange>();
        foreach (var rdd in _kept.Datasets.Union(_told.Keys).ToList())
        {
            var now = _kept.Partitions(rdd).ToHashSet();
            var before = _told.GetValueOrDefault(rdd) ?? [];
            changes.AddRange(before.Except(now).Order().Select(partition => new KeptChange(rdd, partition, false)));
            changes.AddRange(now.Except(before).Order().Select(partition => new KeptChange(rdd, partition, true)));
            _told[rdd] = now;
        }

        return changes;
    }

    /// <summary>Brings all that a task needs of other workers.</summary>
    /// <param name="inputs">What it needs, and where the driver thinks that it is.</param>
    /// <param name="executor">Where it is put.</param>
    /// <param name="silent">Gets those who do not answer; they are asked no more for this task.</param>
    /// <returns>What was not where the driver thought.</returns>
    private async Task<List<MissingInput>> Fetch(TaskInputs inputs, TaskExecutor executor, HashSet<string> silent)
    {
        var missing = new List<MissingInput>();
        foreach (var input in inputs.Kept) await Fetch(input, executor, missing, silent);
        foreach (var input in inputs.Shuffles)
        {
            if (!executor.Has(input.Shuffle)) await Fetch(input, executor, missing, silent);
        }

        return missing;
    }

    private async Task Fetch(KeptInput input, TaskExecutor executor, List<MissingInput> missing, HashSet<string> silent)
    {
        var gone = new List<MissingInput>();
        foreach (var holder in input.Holders.OrderBy(holder => holder != Self.Name))
        {
            var isRemote = holder != Self.Name;
            var ask = new FetchKept(input.Rdd.Id, input.Partition) { Dataset = input.Rdd };
            var found = isRemote ? await Ask<KeptBlock>(holder, ask, silent) is { Block: { } block } answer ? (block, answer.IsOnDisk) : null
                : _kept.Find(input.Rdd, input.Partition);
            if (found is { } kept)
            {
                executor.Add(input.Rdd, input.Partition, kept.Block, kept.IsOnDisk, isRemote);
                return;
            }

            gone.Add(new MissingInput(holder, null, input.Rdd, input.Partition));
        }

        missing.AddRange(gone);
    }

    private async Task Fetch(ShuffleInput input, TaskExecutor executor, List<MissingInput> missing, HashSet<string> silent)
    {
        // All holders are asked at once: the patience that it takes to miss one is that for all.
        var outputs = new MapOutput?[input.Holders.Count];
        var asked = Enumerable.Range(0, outputs.Length).GroupBy(map => input.Holders[map])
            .Select(each => (Holder: each.Key, Maps: each.ToList(), Outputs: Outputs(input.Shuffle, each.Key, [.. each], silent))).ToList();
        foreach (var (holder, maps, asking) in asked)
        {
            var found = await asking;
            for (var at = 0; at < maps.Count; at++)
            {
                outputs[maps[at]] = found?[at];
                if (found?[at] is null) missing.Add(new MissingInput(holder, input.Shuffle, null, maps[at]));
            }
        }

        if (!outputs.Contains(null)) executor.Add(input.Shuffle, outputs!, input.Holders);
    }

    private async Task<IReadOnlyList<MapOutput?>?> Outputs(WideDependency shuffle, string holder, IReadOnlyList<int> maps, HashSet<string> silent)
    {
        if (holder == Self.Name) return [.. maps.Select(map => Output(shuffle, map))];
        return (await Ask<Blocks>(holder, new FetchBlocks(shuffle.Shuffle, maps) { Dependency = shuffle }, silent))?.Outputs;
    }

    private async Task<TReply?> Ask<TReply>(string worker, Message request, HashSet<string> silent)
        where TReply : Message
    {
        for (var asked = 0; asked < Askings && !silent.Contains(worker); asked++)
        {
            if (await Call<TReply>(worker, request, Options.Patience) is { } reply) return reply;
        }

        _ = silent.Add(worker);
        return null;
    }
}
