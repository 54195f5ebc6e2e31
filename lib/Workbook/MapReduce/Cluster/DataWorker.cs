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
    public TimeSpan PollEvery { get; init; } = 200.Milliseconds();
}

/// <summary>A worker that runs map and reduce tasks over real bytes.</summary>
public class DataWorker(WorkerSettings settings) : MapReduceWorker(settings.Coordinator)
{
    private static readonly TimeSpan MostFetchPatience = 1.Minutes();

    private readonly HashSet<int> _mapsDone = [];
    private JobDescription _description = null!;
    private Job _job = null!;
    private IGlobalFiles _files = null!;
    private ulong _partitionSeed;

    private MapReduceRules Rules => settings.Rules;

    /// <summary>How long the worker waits for a segment before it tries another, and later that one again, for twice as long.</summary>
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
    private async Task<List<ReadOnlyMemory<byte>>?> Gather(RunReduce order)
    {
        var fetched = new SortedDictionary<(int Map, int Place), ReadOnlyMemory<byte>>();
        var wanted = new List<(MapOutput Output, int Place)>();
        var maps = new HashSet<int>();
        var places = 0;
        var patience = FetchPatience;
        while (true)
        {
            if (await Ask<MapOutputs>(new AskMapOutputs(places)) is { } list)
            {
                foreach (var output in list.Outputs) wanted.Add((output, places++));
            }

            if (Rules.FirstCompletionOnly) wanted.RemoveAll(one => maps.Contains(one.Output.Map));
            var silent = new HashSet<(NodeId, long)>();
            foreach (var (output, place) in wanted.ToArray())
            {
                if (silent.Contains((output.Worker, output.Session)) || (Rules.FirstCompletionOnly && maps.Contains(output.Map))) continue;
                if (await Fetch(output, order.Reduce, patience) is not { } bytes)
                {
                    silent.Add((output.Worker, output.Session));
                    continue;
                }

                fetched[(output.Map, place)] = bytes;
                maps.Add(output.Map);
                wanted.Remove((output, place));
            }

            var isEnough = Rules.ReduceWaitsForAllMaps ? maps.Count == _description.Splits.Count : maps.Count > 0;
            if (HasLeft) return null;
            if (isEnough) return [.. fetched.Values];

            // It may be dead, and its maps run anew; or the segment is too large for so little time.
            if (silent.Count > 0) patience = patience < MostFetchPatience ? 2 * patience : MostFetchPatience;
            await Sleep(settings.PollEvery);
        }
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
