using Workbook.MapReduce.Cluster;
using Workbook.Sim;

namespace Workbook.MapReduce.Model;

/// <summary>
/// A worker whose tasks move no bytes and take the time that moving them would. It follows the same protocol, under the same
/// coordinator, as the one with real bytes.
/// </summary>
/// <remarks>
/// A reducer's fetches from thousands of maps are taken together in batches of <see cref="BatchSegments"/>. A batch costs a seek for
/// each segment and its bytes, and is charged to the disk of one of its sources, drawn at random: right on average, and a
/// thousand times fewer events.
/// </remarks>
internal sealed class ModelWorker(ModelMachines machines, NodeId coordinator) : MapReduceWorker(coordinator)
{
    private const int BatchSegments = 1000;
    private const double ChunkBytes = 16e6;

    private static readonly TimeSpan PollEvery = 10.Seconds();

    private readonly NodeId[] _sources = new NodeId[BatchSegments];
    private ModelMachine? _machine;

    /// <summary>Long, because thousands of idle slots that ask anew are all that a quiet cluster would do.</summary>
    protected override TimeSpan Patience => 1.Minutes();

    private ModelMachine Machine => _machine ??= machines[Self];

    private Workload Workload => machines.Workload;

    protected override async Task Prepare(JobDescription job)
    {
        var isFirstBoot = Machine.Session == 0;
        Machine.Session = Session;
        if (isFirstBoot) await Sleep(machines.DrawStartUp());
    }

    protected override byte[]? Segment(int map, int reduce) => null;

    protected override async Task Map(RunMap order)
    {
        var source = order.IsLocal ? Machine : machines.Any();
        for (var left = Workload.SplitBytes; left > 0; left -= ChunkBytes)
        {
            var chunk = Math.Min(left, ChunkBytes);
            var start = Now;
            await Until(ModelMachines.Later(machines.Disk(source, chunk, 1, Machine.Slowness), machines.Network(source, Machine, chunk)));
            machines.Bytes.Input.Add(start, Now, chunk);
        }

        await Compute(Workload.MapSecondsPerMegabyte * Workload.SplitBytes / 1e6);
        await Until(machines.Disk(Machine, Workload.SplitBytes * Workload.IntermediateRatio, 1, Machine.Slowness));
        await Ask<Noted>(new MapFinished(order.Map, order.Attempt, Session));
    }

    protected override async Task Reduce(RunReduce order)
    {
        if (!await Shuffle()) return;
        Send(Coordinator, new ReduceHasInput(order.Reduce, order.Attempt, Session));
        var bytes = Workload.SegmentBytes * Workload.Maps;
        await Compute(Workload.ReduceSecondsPerMegabyte * bytes / 1e6);
        await Write(bytes * Workload.OutputRatio);
        await Ask<Noted>(new ReduceFinished(order.Reduce, order.Attempt, Session));
    }

    private async Task<bool> Shuffle()
    {
        var has = new bool[Workload.Maps];
        var missing = Workload.Maps;
        var known = 0;
        var lists = new Queue<ArraySegment<MapOutput>>();
        var place = 0;
        while (missing > 0)
        {
            if (lists.Count == 0)
            {
                if (await Ask<MapOutputs>(new AskMapOutputs(known)) is not { } list) return false;
                known += list.Outputs.Count;
                if (list.Outputs.Count > 0) lists.Enqueue(list.Outputs is ArraySegment<MapOutput> part ? part : list.Outputs.ToArray());
            }

            var segments = NextBatch(lists, ref place, has);
            if (segments == 0) await Sleep(PollEvery);
            else await Fetch(segments, source: machines[_sources[Random.Next(segments)]]);
            missing -= segments;
        }

        return true;
    }

    /// <summary>
    /// Finds segments that are there and that this task has not got, at most a batch; they count as got. Says how many, and leaves in
    /// <c>_sources</c> where they are.
    /// </summary>
    private int NextBatch(Queue<ArraySegment<MapOutput>> lists, ref int place, bool[] has)
    {
        var found = 0;
        while (found < BatchSegments && lists.TryPeek(out var list))
        {
            var outputs = list.AsSpan();
            for (; found < BatchSegments && place < outputs.Length; place++)
            {
                ref var output = ref outputs[place];
                if (has[output.Map] || !machines.Holds(output)) continue;
                has[output.Map] = true;
                _sources[found++] = output.Worker;
            }

            if (found == BatchSegments) break;
            lists.Dequeue();
            place = 0;
        }

        return found;
    }

    private async Task Fetch(int segments, ModelMachine source)
    {
        var bytes = segments * Workload.SegmentBytes;
        var start = Now;
        await Until(ModelMachines.Later(machines.Disk(source, bytes, segments), machines.Network(source, Machine, bytes)));
        machines.Bytes.Shuffle.Add(start, Now, bytes);
    }

    private async Task Write(double bytes)
    {
        for (var left = bytes; left > 0; left -= ChunkBytes)
        {
            var chunk = Math.Min(left, ChunkBytes);
            var start = Now;
            var done = ModelMachines.Later(
                machines.Disk(Machine, chunk, 1, Machine.Slowness), Now + (chunk / machines.Model.FileSystemWriteRate * Machine.Slowness).Seconds());
            for (var copy = 1; copy < machines.Model.OutputCopies; copy++)
            {
                var replica = machines.Any();
                done = ModelMachines.Later(done, machines.Network(Machine, replica, chunk), machines.Disk(replica, chunk));
            }

            await Until(done);
            machines.Bytes.Output.Add(start, Now, chunk);
        }
    }

    private Task Compute(double seconds) => Work((seconds * Machine.Slowness).Seconds());

    private Task Until(Instant time) => Sleep(time > Now ? time - Now : TimeSpan.Zero);
}
