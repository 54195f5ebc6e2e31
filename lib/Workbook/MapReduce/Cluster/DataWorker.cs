using Workbook.Sim;

namespace Workbook.MapReduce.Cluster;

/// <summary>How long a worker's parts of a task take in virtual time; nothing takes time for real workers, except the time it takes.</summary>
/// <param name="Map">A map task.</param>
/// <param name="Reduce">A reduce task, without its waiting and writing.</param>
/// <param name="Write">Each of the <paramref name="Chunks"/> in which an output file is written.</param>
/// <param name="Chunks">How many pieces an output file is written in.</param>
public sealed record TaskCosts(TimeSpan Map, TimeSpan Reduce, TimeSpan Write, int Chunks = 4)
{
    /// <summary>For real workers: none.</summary>
    public static readonly TaskCosts None = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 1);
}

/// <summary>What a worker must know before it begins.</summary>
/// <param name="Coordinator">Where to ask for tasks.</param>
/// <param name="FindJob">Finds the map and reduce functions by name.</param>
/// <param name="FindFiles">Finds input and output.</param>
public sealed record WorkerSettings(NodeId Coordinator, Func<string, Job> FindJob, Func<JobDescription, IGlobalFiles> FindFiles)
{
    /// <summary>The precautions.</summary>
    public MapReduceRules Rules { get; init; } = MapReduceRules.All;

    /// <summary>How long things take.</summary>
    public TaskCosts Costs { get; init; } = TaskCosts.None;

    /// <summary>How much longer things take on this machine: 1 is healthy, 10 is a straggler.</summary>
    public double Slowness { get; init; } = 1;

    /// <summary>How long a reducer waits before it asks for more map outputs.</summary>
    public TimeSpan PollEvery { get; init; } = 500.Milliseconds();
}

/// <summary>A worker that runs map and reduce tasks over real bytes.</summary>
public class DataWorker(WorkerSettings settings) : MapReduceWorker(settings.Coordinator)
{
    private readonly HashSet<int> _mapsDone = [];
    private JobDescription _description = null!;
    private Job _job = null!;
    private IGlobalFiles _files = null!;
    private ulong _partitionSeed;

    private MapReduceRules Rules => settings.Rules;

    /// <summary>How long the worker waits for a segment before it asks for it again, and then waits twice as long.</summary>
    protected virtual TimeSpan FetchPatience => 2.Seconds();

    /// <summary>Runs the reader's function; real workers do it beside the loop that answers messages.</summary>
    protected virtual Task<T> Compute<T>(Func<T> function) => Task.FromResult(function());

    protected override Task Prepare(JobDescription job)
    {
        _description = job;
        _job = settings.FindJob(job.App);
        _files = settings.FindFiles(job);
        _partitionSeed = Rules.SamePartitionEverywhere ? 0 : Random.NextUInt64();
        return Task.CompletedTask;
    }

    protected override async Task Map(RunMap order)
    {
        var split = _description.Splits[order.Map];
        await Work(settings.Costs.Map * settings.Slowness);
        var result = await Compute(() => _job.RunMapTask(split, _files.Read(split), _description.Reducers, _partitionSeed));
        for (var reduce = 0; reduce < result.Segments.Count; reduce++) Disk.Write(SegmentFile(order.Map, reduce), result.Segments[reduce]);
        _mapsDone.Add(order.Map);
        Note($"map {order.Map} done");
        await Ask<Noted>(new MapFinished(order.Map, order.Attempt, Session));
    }

    protected override byte[]? Segment(int map, int reduce) =>
        _mapsDone.Contains(map) ? Disk.Read(SegmentFile(map, reduce)) : null;

    protected override async Task Reduce(RunReduce order)
    {
        if (await Gather(order) is not { } segments) return;
        Send(Coordinator, new ReduceHasInput(order.Reduce, order.Attempt, Session));
        await Work(settings.Costs.Reduce * settings.Slowness);
        var result = await Compute(() => _job.RunReduceTask(segments));
        await Write(order, result.Output);
        Note($"reduce {order.Reduce} done");
        await Ask<Noted>(new ReduceFinished(order.Reduce, order.Attempt, Session));
    }

    /// <summary>
    /// Fetches the task's segment of every map, as the maps finish. A segment that cannot be had is asked for again, and so is the list:
    /// the coordinator has lost maps run anew elsewhere. Null when the worker has gone home meanwhile.
    /// </summary>
    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> Gather(RunReduce order)
    {
        var input = new ReduceInput(FetchPatience, Rules.FirstCompletionOnly);
        var fetching = new List<Task>();
        while (true)
        {
            if (await Ask<MapOutputs>(new AskMapOutputs(input.Listed)) is { } list) input.List(list.Outputs);
            fetching.RemoveAll(source => source.IsCompleted);
            fetching.AddRange(input.TakeSources().Select(source => FetchFrom(source, order.Reduce, input)));

            // One that is dead does not answer, and holds up nobody else.
            var nextLook = Sleep(settings.PollEvery);
            await Task.WhenAny(Task.WhenAll(fetching), nextLook);
            if (HasLeft) return null;
            if (Rules.ReduceWaitsForAllMaps ? input.Maps == _description.Splits.Count : input.Maps > 0) return input.Segments;
            await nextLook;
            if (input.Lacks) await Lull(fetching);
        }
    }

    /// <summary>
    /// A worker is silent, or is a new one that does not have what the old one had. Until its maps have run elsewhere there is little to look for.
    /// </summary>
    private Task Lull(List<Task> fetching)
    {
        var lull = Sleep(9 * settings.PollEvery);
        return fetching.TrueForAll(source => source.IsCompleted) ? lull : Task.WhenAny(Task.WhenAll(fetching), lull);
    }

    private async Task FetchFrom(IReadOnlyList<(MapOutput Output, int Place)> source, int reduce, ReduceInput input)
    {
        foreach (var (output, place) in source.Where(one => input.IsWanted(one.Output)))
        {
            if (await Fetch(output, reduce, input.Patience(output)) is not { } bytes) break;
            input.Add(output, place, bytes);
        }

        input.GiveBack(source[0].Output);
    }

    private async Task<byte[]?> Fetch(MapOutput output, int reduce, TimeSpan patience)
    {
        var request = new FetchSegment(output.Map, reduce, output.Session);
        return (await Call<FetchedSegment>(output.Worker, request, patience))?.Bytes;
    }

    private async Task Write(RunReduce order, byte[] output)
    {
        var final = $"mr-out-{order.Reduce}";
        var file = Rules.AtomicRename ? $"{final}.{Self.Name.Replace(':', '-')}.{Session}.{order.Attempt}" : final;
        _files.Create(file);
        var chunk = Math.Max(1, (output.Length + settings.Costs.Chunks - 1) / settings.Costs.Chunks);
        for (var from = 0; from < output.Length; from += chunk)
        {
            await Work(settings.Costs.Write * settings.Slowness);
            _files.Append(file, output.AsSpan(from, Math.Min(chunk, output.Length - from)));
        }

        if (Rules.AtomicRename) _files.Rename(file, final);
    }

    private static string SegmentFile(int map, int reduce) => $"mr-{map}-{reduce}";
}
