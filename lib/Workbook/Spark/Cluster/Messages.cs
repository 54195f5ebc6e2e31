using Workbook.Sim;
using Workbook.Spark.Scheduling;
using Workbook.Spark.Shuffle;
using Workbook.Spark.Storage;

namespace Workbook.Spark.Cluster;

// All machines are in this process, so functions and records go from one to the other as they are; they are never changed. What is internal is not said in
// traces. Messages bring blocks at once, and the task that asked for them then takes the time that they would have been under way (see TaskExecutor).

/// <summary>Worker → driver, again and again: I am here.</summary>
/// <param name="Session">A number that the worker got when it had nothing: at its start, and when it was told to start over.</param>
internal sealed record Heartbeat(long Session) : Message;

/// <summary>Driver → worker: you were taken for lost, and others do your work. Forget all, and come back as another worker.</summary>
internal sealed record StartOver(long Session) : Message;

/// <summary>Driver → worker: run this. Answered by <see cref="Launched"/>, and sent again until it is.</summary>
/// <param name="Attempt">Tells all attempts at all tasks apart.</param>
/// <param name="Session">Which worker is meant.</param>
/// <param name="Job">The job's number: what was written for the shuffles of those before it can go.</param>
/// <param name="Stage">The number of the task's stage.</param>
/// <param name="Partition">The task's partition.</param>
[InProcess]
internal sealed record LaunchTask(long Attempt, long Session, int Job, int Stage, int Partition) : Message
{
    internal required StageTask Task { get; init; }

    internal required SparkJob Work { get; init; }

    internal required TaskInputs Inputs { get; init; }

    internal required CancellationToken Cancel { get; init; }
}

/// <summary>Worker → driver: I know.</summary>
internal sealed record Launched : Message;

/// <summary>Worker → worker: I need what these map tasks of a shuffle have left with you. Answered by <see cref="Blocks"/>.</summary>
[InProcess]
internal sealed record FetchBlocks(int Shuffle, IReadOnlyList<int> Maps) : Message
{
    internal required WideDependency Dependency { get; init; }
}

/// <summary>Worker → worker: here they are; null for those that I do not have.</summary>
[InProcess]
internal sealed record Blocks(int Shuffle) : Message
{
    internal required IReadOnlyList<MapOutput?> Outputs { get; init; }
}

/// <summary>Worker → worker: I need a partition that you keep. Answered by <see cref="KeptBlock"/>.</summary>
[InProcess]
internal sealed record FetchKept(int Rdd, int Partition) : Message
{
    internal required Rdd Dataset { get; init; }
}

/// <summary>Worker → worker: here it is; nothing, when I do not keep it any more.</summary>
[InProcess]
internal sealed record KeptBlock(int Rdd, int Partition, bool IsOnDisk) : Message
{
    internal required Block? Block { get; init; }
}

/// <summary>Worker → driver: how an attempt came out. Answered by <see cref="Noted"/>, and sent again until it is.</summary>
internal abstract record Report(long Attempt) : Message
{
    /// <summary>The workers that were asked for something, and gave no answer.</summary>
    internal IReadOnlyList<string> Silent { get; init; } = [];
}

/// <summary>Worker → driver: the task is done.</summary>
[InProcess]
internal sealed record TaskFinished(long Attempt) : Report(Attempt)
{
    internal required TaskContext Context { get; init; }

    internal required object? Result { get; init; }

    /// <summary>What the worker keeps since, and what it no longer keeps.</summary>
    internal required IReadOnlyList<KeptChange> Changes { get; init; }
}

/// <summary>Worker → driver: a function of the program threw.</summary>
[InProcess]
internal sealed record TaskFailed(long Attempt) : Report(Attempt)
{
    internal required Exception Exception { get; init; }
}

/// <summary>Worker → driver: what the task needs was not where you said.</summary>
[InProcess]
internal sealed record FetchFailed(long Attempt) : Report(Attempt)
{
    internal required IReadOnlyList<MissingInput> Missing { get; init; }
}

/// <summary>Driver → worker: I know.</summary>
internal sealed record Noted : Message;

/// <summary>A partition that a worker keeps from now on, or no longer.</summary>
internal readonly record struct KeptChange(Rdd Rdd, int Partition, bool IsKept);

/// <summary>An input that was not there: the block of a map task, or a kept partition.</summary>
internal sealed record MissingInput(string Holder, WideDependency? Shuffle, Rdd? Kept, int Partition);
