using System.Text;
using Workbook.Draw;

namespace Workbook.MapReduce;

/// <summary>Map or reduce.</summary>
public enum TaskKind
{
    /// <summary>A map task.</summary>
    Map,

    /// <summary>A reduce task.</summary>
    Reduce,
}

/// <summary>When a task ran, and where: a bar of the job's Gantt chart.</summary>
/// <param name="Kind">Map or reduce.</param>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Worker">Which worker ran it, from 0.</param>
/// <param name="Start">When it began, since the job began.</param>
/// <param name="End">When it was done, since the job began.</param>
/// <param name="Counters">What it read and wrote.</param>
public sealed record TaskTiming(TaskKind Kind, int Number, int Worker, TimeSpan Start, TimeSpan End, TaskCounters Counters);

/// <summary>What came of a job on this machine.</summary>
/// <param name="Folder">The output folder.</param>
/// <param name="Files">The output files in it, <c>mr-out-0</c> to <c>mr-out-(R−1)</c>.</param>
/// <param name="Tasks">Every task, in the order in which they began.</param>
/// <param name="Workers">How many workers there were.</param>
/// <param name="Elapsed">Real time from the call to the output being in place.</param>
[TypeFormatterSource]
public sealed record JobResult(string Folder, IReadOnlyList<string> Files, IReadOnlyList<TaskTiming> Tasks, int Workers, TimeSpan Elapsed) : IDisplay
{
    /// <summary>What all map tasks together read and wrote.</summary>
    public TaskCounters Maps => Total(TaskKind.Map);

    /// <summary>What all reduce tasks together read and wrote.</summary>
    public TaskCounters Reduces => Total(TaskKind.Reduce);

    /// <summary>Megabytes (10⁶ bytes) of input in a second, output included.</summary>
    public double MegabytesPerSecond => Maps.BytesIn / 1e6 / Elapsed.TotalSeconds;

    /// <summary>All output lines, file after file, read as they are asked for.</summary>
    public IEnumerable<string> Lines() => Files.SelectMany(file => File.ReadLines(file));

    /// <summary>
    /// One sentence about the first place in which the output differs from the sequential program's; null when it does not.
    /// </summary>
    public string? DifferenceFrom(SequentialResult oracle) => oracle.DifferenceFrom([.. Files.Select(File.ReadAllBytes)]);

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <inheritdoc/>
    public override string ToString()
    {
        var maps = Tasks.Count(task => task.Kind == TaskKind.Map);
        return new StringBuilder()
            .AppendLine($"{Files.Count} output files in {Folder}")
            .AppendLine($"{maps} map tasks: {Maps.BytesIn:N0} bytes, {Maps.RecordsIn:N0} lines in; {Maps.RecordsOut:N0} pairs, {Maps.BytesOut:N0} bytes out; {Maps.Spills} spills")
            .AppendLine($"{Files.Count} reduce tasks: {Reduces.RecordsIn:N0} values of {Reduces.Keys:N0} keys in; {Reduces.RecordsOut:N0} lines, {Reduces.BytesOut:N0} bytes out")
            .Append($"{Elapsed.TotalSeconds:0.00} s on {Workers} cores, {MegabytesPerSecond:0} MB/s")
            .ToString();
    }

    private TaskCounters Total(TaskKind kind) =>
        Tasks.Where(task => task.Kind == kind).Aggregate(TaskCounters.Zero, (sum, task) => sum + task.Counters);
}
