using Workbook.Sim;
using Workbook.Spark.Scheduling;
using Workbook.Spark.Shuffle;
using Workbook.Spark.Storage;

namespace Workbook.Spark.Cluster;

// All machines are in this process, so functions and records go from one to the other as they are; they are never changed. What is internal is not said in
// traces. Blocks of data pass through the machines' cards after the message that announces them (see Machines).

/// <summary>Worker → driver, again and again: I am here.</summary>
/// <param name="Session">A number that the worker drew when it had nothing: at its start, and when it was told to start over.</param>
internal sealed record Heartbeat(long Session) : Message;

/// <summary>Driver → worker: you were taken for lost, and others do your work. Forget all, and come back as another worker.</summary>
internal sealed record StartOver(long Session) : Message;

/// <summary>Driver → worker: run this. Answered by <see cref="Launched"/>.</summary>
/// <param name="Attempt">Tells all attempts at all tasks apart.</param>
/// <param name="Session">Which worker is meant.</param>
/// <param name="Job">The job's number: what was written for the shuffles of those before it can go.</param>
/// <param name="Task">The task.</param>
internal sealed record LaunchTask(long Attempt, long Session, int Job, StageTask Task) : Message
{
    internal required SparkJob Work { get; init; }

    internal required TaskInputs Inputs { get; init; }

    internal required CancellationToken Cancel { get; init; }
}

/// <summary>Worker → driver: I will, or I am not the one you mean.</summary>
internal sealed record Launched(bool IsAccepted) : Message;

/// <summary>Worker → worker: I need these blocks of a shuffle. Answered by <see cref="Blocks"/>.</summary>
internal sealed record FetchBlocks(int Job, int Shuffle, int Partition, IReadOnlyList<int> Maps) : Message;

/// <summary>Worker → worker: they are coming; null for those that I do not have.</summary>
internal sealed record Blocks(int Shuffle) : Message
{
    internal required IReadOnlyList<MapOutput?> Outputs { get; init; }
}

/// <summary>Worker → worker: I need a partition that you keep. Answered by <see cref="KeptBlock"/>.</summary>
internal sealed record FetchKept(int Rdd, int Partition) : Message
{
    internal required Rdd Dataset { get; init; }
}

/// <summary>Worker → worker: it is coming; nothing, when I do not keep it any more.</summary>
internal sealed record KeptBlock(int Rdd, int Partition, bool IsOnDisk) : Message
{
    internal required Block? Block { get; init; }
}

/// <summary>Worker → driver: the task is done. Answered by <see cref="Noted"/>, and sent again until it is.</summary>
internal sealed record TaskFinished(long Attempt, long Session) : Message
{
    internal required TaskContext Context { get; init; }

    internal required object? Result { get; init; }

    /// <summary>What the worker keeps since, and what it no longer keeps.</summary>
    internal required IReadOnlyList<KeptChange> Changes { get; init; }
}

/// <summary>Worker → driver: a function of the program threw. Answered by <see cref="Noted"/>.</summary>
internal sealed record TaskFailed(long Attempt, long Session) : Message
{
    internal required Exception Exception { get; init; }
}

/// <summary>Worker → driver: what the task needs was not where you said. Answered by <see cref="Noted"/>.</summary>
internal sealed record FetchFailed(long Attempt, long Session, NodeId Holder) : Message
{
    internal required MissingInput Missing { get; init; }
}

/// <summary>Driver → worker: I know.</summary>
internal sealed record Noted : Message;

/// <summary>Driver → worker: the program wants this dataset kept no longer.</summary>
internal sealed record ForgetKept(int Rdd) : Message
{
    internal required Rdd Dataset { get; init; }
}

/// <summary>A partition that a worker keeps from now on, or no longer.</summary>
internal readonly record struct KeptChange(Rdd Rdd, int Partition, bool IsKept);

/// <summary>An input that was not there: blocks of a shuffle, or a kept partition.</summary>
internal sealed record MissingInput(NodeId Holder, WideDependency? Shuffle, IReadOnlyList<int> Maps, Rdd? Kept = null, int Partition = 0);
