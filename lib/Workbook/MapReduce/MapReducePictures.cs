using Workbook.Draw;
using Workbook.MapReduce.Cluster;
using Workbook.MapReduce.Model;
using Workbook.Parts;
using Workbook.Sim;

namespace Workbook.MapReduce;

/// <summary>MapReduce's pictures: Gantt charts of tasks over workers, the rate curves of the paper's Figures 2 and 3, space-time diagrams.</summary>
public static class MapReducePictures
{
    private const int MostRows = 60;

    /// <summary>Tasks over this machine's cores, in real time.</summary>
    public static Figure Gantt(this JobResult result) => new Figure("Tasks over cores")
        .Gantt(
            result.Tasks.Select(task => new GanttBar($"core {task.Worker + 1}", task.Start, task.End, Name(task.Kind), $"{Name(task.Kind)} {task.Number}")),
            Enumerable.Range(1, result.Workers).Select(worker => $"core {worker}"))
        .XAxis("time", "s").YAxis("worker").Height(120 + 40 * result.Workers);

    /// <summary>Tasks over the cluster's workers, in virtual time; backups, executions in vain and lost ones in colours of their own.</summary>
    public static Figure Gantt(this MapReduceCluster cluster) => Gantt(
        "Tasks over workers", cluster.Coordinator.Attempts, [.. cluster.Run.Nodes.Select(node => node.Id).Where(id => id != MapReduceCluster.CoordinatorId)], cluster.Run.Now);

    /// <summary>Tasks over the workers of a large cluster; of thousands of workers an even choice is drawn, the slowest among them.</summary>
    public static Figure Gantt(this ModelRun run)
    {
        var workers = run.Attempts.Select(attempt => attempt.Worker).Distinct().ToList();
        var step = Math.Max(1, workers.Count / MostRows);
        var last = run.Attempts.OrderByDescending(attempt => attempt.End?.Ticks ?? long.MaxValue).Select(attempt => attempt.Worker).Distinct().Take(3);
        var chosen = workers.Where((_, index) => index % step == 0).Union(last).ToHashSet();
        var title = chosen.Count < workers.Count
            ? $"{run.Workload.Name}: tasks over {chosen.Count} of {workers.Count:N0} workers"
            : $"{run.Workload.Name}: tasks over workers";
        var attempts = run.Attempts.Where(attempt => chosen.Contains(attempt.Worker));
        return Gantt(title, [.. attempts], [.. workers.Where(chosen.Contains)], Instant.Start + run.Elapsed)
            .Height(520);
    }

    /// <summary>The three curves of Figures 2 and 3: input, shuffle and output in MB/s over time, means over <paramref name="span"/> seconds.</summary>
    public static Figure Rates(this ModelRun run, string title, int span = 10) => Rates(run, title, run.Elapsed, span);

    /// <summary>Several runs beside each other, as Figure 3 has them.</summary>
    public static Figure Rates(string title, params (string Name, ModelRun Run)[] runs) =>
        Figure.Columns(title, [.. runs.Select(run => Rates(
            run.Run, $"{run.Name}: {run.Run.Elapsed.TotalSeconds:0} s", runs.Max(other => other.Run.Elapsed), span: 10))]);

    /// <summary>Who said what to whom; pings and the small change of asking left out.</summary>
    public static SpaceTimeDiagram SpaceTime(this MapReduceCluster cluster) => cluster.Run.SpaceTime("A MapReduce job");

    private static bool IsDrawn(Message message) => message is RunMap or RunReduce or MapFinished or ReduceFinished or FetchedSegment or JobIsDone;

    private static SpaceTimeDiagram SpaceTime(this Simulation run, string title) => TracePictures.SpaceTime(run, title, IsDrawn);

    /// <summary>The smallest run that an exploration found, drawn.</summary>
    public static SpaceTimeDiagram SpaceTime(this Check.Exploration exploration) => exploration.Smallest is { } smallest
        ? smallest.Run.SpaceTime(smallest.Violation!)
        : throw new InvalidOperationException("Nothing went wrong in any run, so there is none to draw.");

    /// <summary>The last few events of a run.</summary>
    internal static SpaceTimeDiagram Ending(Check.SceneRun run) => run.Run.SpaceTime(run.Violation!).Last(TracePictures.FewEvents, run.Run);

    private static Figure Rates(ModelRun run, string title, TimeSpan until, int span) => Figure.Stack(
        title,
        Rate("input", run.Bytes.Input, until, span),
        Rate("shuffle", run.Bytes.Shuffle, until, span),
        Rate("output", run.Bytes.Output, until, span));

    private static Figure Rate(string what, ByteRate rate, TimeSpan until, int span)
    {
        var points = rate.Smoothed(span).ToList();
        return new Figure(what)
            .Line(points.Select(point => point.Seconds), points.Select(point => point.MegabytesPerSecond), what)
            .XAxis("time", "s", range: (0, until.TotalSeconds)).YAxis(what, "MB/s");
    }

    private static Figure Gantt(string title, IReadOnlyList<TaskAttempt> attempts, IReadOnlyList<NodeId> workers, Instant now) => new Figure(title)
        .Gantt(
            attempts.Select(attempt => new GanttBar(
                $"{attempt.Worker} {Name(attempt.Kind)}", attempt.Start.SinceStart, (attempt.End ?? now).SinceStart, KindOf(attempt), $"{Name(attempt.Kind)} {attempt.Task}: {attempt.Outcome}")),
            workers.SelectMany(worker => new[] { $"{worker} map", $"{worker} reduce" }))
        .XAxis("time", "s").Height(Math.Clamp(160 + 28 * workers.Count, 240, 700));

    private static string KindOf(TaskAttempt attempt) => attempt.Outcome switch
    {
        AttemptOutcome.Lost => "lost with its worker",
        AttemptOutcome.OutputLost => "output lost",
        AttemptOutcome.TooLate => "in vain",
        _ => attempt.IsBackup ? "backup" : Name(attempt.Kind),
    };

    private static string Name(TaskKind kind) => kind == TaskKind.Map ? "map" : "reduce";
}
