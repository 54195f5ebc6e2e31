using Workbook.Sim;

namespace Workbook.MapReduce.Real;

/// <summary>How long coordinator and workers wait for each other when they are processes of one machine.</summary>
public sealed record LiveTimes
{
    /// <summary>How often the coordinator asks workers whether they are there.</summary>
    public TimeSpan PingEvery { get; init; } = 0.5.Seconds();

    /// <summary>
    /// A worker that has been silent for that long is taken for dead. Too short costs work that is done twice, when the machine is busy;
    /// the answer stays right.
    /// </summary>
    public TimeSpan WorkerTimeout { get; init; } = 3.Seconds();

    /// <summary>How long a task must have run before an idle worker runs it too.</summary>
    public TimeSpan BackupAfter { get; init; } = 5.Seconds();

    /// <summary>A worker that has heard nothing of its coordinator for that long gives the job up.</summary>
    public TimeSpan GiveUpAfter { get; init; } = 10.Seconds();

    /// <summary>How long a worker waits for an answer of the coordinator before it asks anew, and a reducer at first for a segment.</summary>
    public TimeSpan Patience { get; init; } = 1.Seconds();

    /// <summary>How long a reducer waits before it asks for more map outputs.</summary>
    public TimeSpan PollEvery { get; init; } = 30.Milliseconds();
}
