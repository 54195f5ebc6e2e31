using System.Globalization;
using Workbook.Check;
using Workbook.Draw;
using Workbook.Parts;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>The store's pictures. What clients saw is a history, and draws itself with its verdict: <c>store.History.IsLinearizable()</c>.</summary>
public static class KeyValuePictures
{
    private const int MostEvents = 120;

    private static readonly TraceView View = RaftPictures.View with
    {
        Label = message => message switch
        {
            KeyValueRequest request => LabelOf(request),
            KeyValueReply reply => LabelOf(reply),
            _ => RaftPictures.View.Label(message),
        },
    };

    /// <summary>Who said what to whom: requests and their answers, votes and entries; heartbeats that changed nothing are left out.</summary>
    /// <param name="store">The store.</param>
    /// <param name="raft">Off: only what clients say and hear.</param>
    public static SpaceTimeDiagram SpaceTime(this KeyValueCluster store, bool raft = true) => store.Run.SpaceTimeOfStore("A key/value store", raft);

    /// <summary>A run of a scene or a story, drawn: its end, where it went wrong.</summary>
    /// <param name="run">The run; without its trace it is run again.</param>
    /// <param name="raft">Off: only what clients say and hear.</param>
    public static SpaceTimeDiagram SpaceTimeOfStore(this SceneRun run, bool raft = true) => run.SpaceTimeOfStore(raft, MostEvents);

    /// <summary>The last few events of a run.</summary>
    internal static SpaceTimeDiagram Ending(SceneRun run) => run.SpaceTimeOfStore(raft: true, TracePictures.FewEvents);

    private static SpaceTimeDiagram SpaceTimeOfStore(this SceneRun run, bool raft, int events)
    {
        run = run.Traced();
        var title = run.Violation is { } broken ? $"Broken: {broken.Split(": ")[0].TrimEnd('.')}" : "A key/value store";
        return run.Run.SpaceTimeOfStore(title, raft).Last(events, run.Run);
    }

    /// <summary>The smallest run that an exploration found, drawn.</summary>
    /// <exception cref="InvalidOperationException">Nothing went wrong.</exception>
    public static SpaceTimeDiagram SpaceTimeOfStore(this Exploration exploration, bool raft = true) => exploration.Smallest is { } smallest
        ? smallest.SpaceTimeOfStore(raft)
        : throw new InvalidOperationException("Nothing went wrong in any run, so there is none to draw.");

    /// <summary>The share of reads that were answered by then, for each way to answer them.</summary>
    public static Figure Draw(this IEnumerable<ReadCost> costs)
    {
        var figure = new Figure("How long a read takes");
        foreach (var cost in costs) figure = figure.Distribution([.. cost.Times.Select(time => time.TotalMilliseconds)], cost.Name);
        return figure.XAxis("time from the client's request to its answer", "ms").YAxis("share of reads");
    }

    /// <summary>In what share of runs a read by lease was stale, for clocks that are slow by more and more.</summary>
    /// <param name="slow">By how much the leader's clock is slow: 0.2 counts 80 ms while 100 ms pass.</param>
    /// <param name="runs">How many seeds for each.</param>
    public static Figure StaleReads(IReadOnlyList<double> slow, int runs)
    {
        var stale = slow.Select(one => Explore.Seeds(runs, schedule => KeyValueStories.SlowClock(schedule, one)).Violations.Count);
        return new Figure("Reads by lease, when the leader's clock is slow")
            .Line(slow.Select(one => 100 * one), stale.Select(count => 100.0 * count / runs), "runs with a stale read")
            .VerticalLine(100 * new RaftOptions().ClockDriftBound, "the bound that the lease allows for")
            .XAxis("the leader's clock is slow by", "%").YAxis("runs with a stale read", "%", range: (0, 100));
    }

    /// <summary>Any run with servers of a store in it, drawn from its beginning; one of Raft alone is drawn as Raft's.</summary>
    /// <param name="run">The run.</param>
    /// <param name="title">Stands above the picture.</param>
    /// <param name="raft">Off: only what clients say and hear.</param>
    /// <param name="heartbeats">Draws heartbeats too.</param>
    internal static SpaceTimeDiagram SpaceTimeOfStore(this Simulation run, string title, bool raft, bool heartbeats = false) => run.SpaceTime(title, View with
    {
        Shows = message => message is not RaftMessage || (raft && (heartbeats || RaftPictures.IsWorthDrawing(message))),
    });

    private static string LabelOf(KeyValueRequest request) => request switch
    {
        Put put => $"put {put.Key} “{Short(put.Value)}”",
        Append append => $"append {append.Key} “{Short(append.Value)}”",
        CompareAndSet set => $"cas {set.Key} “{Short(set.Expected)}” “{Short(set.Value)}”",
        _ => $"get {request.Key}",
    };

    private static string LabelOf(KeyValueReply reply) => reply.Err switch
    {
        Err.WrongLeader => reply.Leader is { } leader ? $"ask {leader}" : "ask another",
        Err.NoKey => "nothing",
        _ => reply.Value is { } value ? $"“{Short(value)}”" : "done",
    };

    private static string Short(string text) => text.Length <= 12 ? text : string.Create(CultureInfo.InvariantCulture, $"…{text.AsSpan(text.Length - 11)}");
}
