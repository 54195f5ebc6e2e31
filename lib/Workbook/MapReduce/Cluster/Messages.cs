using Workbook.Sim;

namespace Workbook.MapReduce.Cluster;

/// <summary>Worker → coordinator: what is this job? Answered by <see cref="JobDescription"/>.</summary>
public sealed record AskJob : Message;

/// <summary>Coordinator → worker: the job, as far as a worker needs it.</summary>
/// <param name="App">The name of its map and reduce functions.</param>
/// <param name="Splits">The input, M splits.</param>
/// <param name="Reducers">R.</param>
public sealed record JobDescription(string App, IReadOnlyList<Split> Splits, int Reducers) : Message
{
    /// <summary>Where the global file system is, for real; null in the simulator, where each worker has it at hand.</summary>
    public JobFolders? Folders { get; init; }
}

/// <summary>The folders of a job that runs for real, by their full names.</summary>
/// <param name="Input">What names of input files are relative to.</param>
/// <param name="Unfinished">Where output files stand while they are written.</param>
/// <param name="Output">Where they go, by a rename, when they are whole.</param>
public sealed record JobFolders(string Input, string Unfinished, string Output);

/// <summary>Worker → coordinator: I have a free slot. Answered, when there is something, by one of the next three.</summary>
/// <param name="Kind">What the slot is for.</param>
/// <param name="Session">A number that this process drew at its start: a restarted worker is another worker.</param>
public sealed record RequestTask(TaskKind Kind, long Session) : Message;

/// <summary>Coordinator → worker: run this map task.</summary>
/// <param name="Map">0 to M − 1.</param>
/// <param name="Attempt">Tells the executions of all tasks apart.</param>
/// <param name="IsLocal">Whether the worker has a copy of the split on its own disk (§3.4).</param>
public sealed record RunMap(int Map, int Attempt, bool IsLocal) : Message;

/// <summary>Coordinator → worker: run this reduce task.</summary>
/// <param name="Reduce">0 to R − 1.</param>
/// <param name="Attempt">Tells the executions of all tasks apart.</param>
public sealed record RunReduce(int Reduce, int Attempt) : Message;

/// <summary>Coordinator → worker: all is done, go home.</summary>
public sealed record JobIsDone : Message;

/// <summary>Worker → coordinator: the map task's segments are on my disk. Answered by <see cref="Noted"/>.</summary>
public sealed record MapFinished(int Map, int Attempt, long Session) : Message;

/// <summary>Worker → coordinator: I have all input of the reduce task, so its maps' outputs are no longer needed for it.</summary>
public sealed record ReduceHasInput(int Reduce, int Attempt, long Session) : Message;

/// <summary>Worker → coordinator: the reduce task's output file is in place. Answered by <see cref="Noted"/>.</summary>
public sealed record ReduceFinished(int Reduce, int Attempt, long Session) : Message;

/// <summary>Worker → coordinator: the reader's own function threw. Answered by <see cref="Noted"/>.</summary>
public sealed record TaskFailed(TaskKind Kind, int Task, string Reason) : Message;

/// <summary>Coordinator → worker: I know.</summary>
public sealed record Noted : Message;

/// <summary>Worker → coordinator: which map outputs are there, from the given place in your list on?</summary>
public sealed record AskMapOutputs(int From) : Message;

/// <summary>Coordinator → worker: the answer.</summary>
/// <param name="Outputs">What has been added to the list of finished maps since.</param>
public sealed record MapOutputs(IReadOnlyList<MapOutput> Outputs) : Message;

/// <summary>Where a finished map task's segments are.</summary>
public readonly record struct MapOutput(int Map, NodeId Worker, long Session);

/// <summary>Worker → worker: give me segment r of your map m. Answered by <see cref="FetchedSegment"/>.</summary>
public sealed record FetchSegment(int Map, int Reduce, long Session) : Message;

/// <summary>Worker → worker: here it is; no bytes where I do not have it (any more).</summary>
public sealed record FetchedSegment(int Map, int Reduce, byte[]? Bytes) : Message
{
    public override long WireBytes() => Bytes?.Length ?? 0;
}

/// <summary>Coordinator → worker: are you there? (§3.3). Answered by <see cref="Pong"/>.</summary>
public sealed record Ping : Message;

/// <summary>Worker → coordinator: I am.</summary>
public sealed record Pong(long Session) : Message;
