using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Tests.Draw;

/// <summary>Made-up runs for tests of replays.</summary>
internal static class ReplaySamples
{
    private static readonly string[] Nodes = ["s1", "s2", "s3"];

    /// <summary>Two nodes; a message arrives, another is lost; a crash and a restart; a property breaks.</summary>
    public static Replay Story(string second = "b receives Ping from a") => new("A short story", ["a", "b"],
    [
        new(Ms(0), "the run as it begins", null, ReplayKind.Start)
        {
            Changes = [new("a", "count", 0), new("b", "role", ReplayView.Text("idle", 0))],
            Sent = [new(1, "a", "b", "Ping", "Ping(number 1)")],
            Verdicts = [new("Nothing is lost", true)],
        },
        new(Ms(10), second, "b", ReplayKind.Delivery)
        {
            Changes = [new("b", "role", ReplayView.Text("busy", 1))],
            Ended = [new(1)],
            Sent = [new(2, "b", "a", "Pong")],
            Landmarks = ["work"],
            Remarks = ["b is busy"],
            Source = new("lib/Workbook/Toy.cs", 12) { Excerpt = "void Receive(Ping ping)\n{\n}" },
        },
        new(Ms(15), "a crashes", "a", ReplayKind.Fault) { Crashed = ["a"], Cuts = [("a", "b")] },
        new(Ms(20), "Pong from b to a is lost: a is down", "a", ReplayKind.Loss) { Ended = [new(2, "a is down")], Verdicts = [new("Nothing is lost", false)] },
        new(Ms(30), "a restarts", "a", ReplayKind.Fault) { Restarted = ["a"], Changes = [new("a", "count", 1)], Cuts = [] },
    ]);

    /// <summary>Fields of every kind that come, change and go at random; logs that grow, are cut, and lose their heads to snapshots.</summary>
    public static Replay Random(ulong seed, int steps, int longestLog = 30)
    {
        var random = new Rng(seed);
        var logs = Nodes.ToDictionary(node => node, _ => (First: 1L, Committed: 0L, Cells: new List<LogCell>()));
        var flying = new Queue<long>();
        var all = new List<ReplayStep> { new(Ms(0), "the run as it begins", null, ReplayKind.Start) };
        for (var step = 1; step < steps; step++)
        {
            var (node, other) = (random.Pick(Nodes), random.Pick(Nodes));
            var ends = flying.Count > 0 && (flying.Count > 12 || random.Chance(0.7)) ? flying.Dequeue() : 0;
            all.Add(new(Ms(step * 0.5), $"{node} receives Copy from {other}", node, ends > 0 ? ReplayKind.Delivery : ReplayKind.Timer)
            {
                Changes = [Change(random, node, logs)],
                Sent = [new(step, node, other, "Copy", $"Copy(term {step / 100}, from {step % 97})")],
                Ended = ends > 0 ? [new(ends, random.Chance(0.1) ? "lost" : null)] : [],
                Crashed = random.Chance(0.02) ? [node] : [],
                Restarted = random.Chance(0.02) ? [other] : [],
                Verdicts = random.Chance(0.01) ? [new("Everything is fine", random.Chance(0.5))] : [],
                Landmarks = random.Chance(0.05) ? ["commit"] : [],
            });
            flying.Enqueue(step);
        }
        return new("A random run", Nodes, all);

        ReplayChange Change(Rng draw, string node, Dictionary<string, (long First, long Committed, List<LogCell> Cells)> logs) => draw.Next(8) switch
        {
            0 => new(node, "role", ReplayView.Text(draw.Pick(["Follower", "Leader"]), draw.Next(3))),
            1 => new(node, "term", draw.Next(20)),
            2 => new(node, "votes", ReplayView.List(Nodes.Where(_ => draw.Chance(0.5)))),
            3 => new(node, "indexes", ReplayView.Table(Nodes, ("next", Nodes.Select(_ => (long)draw.Next(9))))),
            4 => new(node, draw.Pick(["votes", "indexes", "log"]), null),
            _ => new(node, "log", Log(draw, node, logs, longestLog)),
        };
    }

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static ReplayView Log(Rng random, string node, Dictionary<string, (long First, long Committed, List<LogCell> Cells)> logs, int longest)
    {
        var (first, committed, cells) = logs[node];
        if (cells.Count > longest)
        {
            var gone = random.Next(cells.Count + 1);
            cells.RemoveRange(0, gone);
            first += gone;
        }
        if (random.Chance(0.1)) cells.RemoveRange(cells.Count / 2, cells.Count - cells.Count / 2);
        if (random.Chance(0.8)) cells.Add(new(random.Next(5), $"x={random.Next(50)}"));
        committed = Math.Min(Math.Max(committed, first + random.Next(longest)), first + cells.Count - 1);
        logs[node] = (first, committed, cells);
        return ReplayView.Log(cells, committed, first);
    }
}
