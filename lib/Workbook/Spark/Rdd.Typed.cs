using Workbook.Spark.Readers;
using Workbook.Spark.Scheduling;
using Workbook.Spark.Storage;

namespace Workbook.Spark;

/// <summary>
/// A resilient distributed dataset of records of one type (§2). Transformations give new datasets and compute nothing; actions compute. A function that is
/// given to a transformation may look at its record and at nothing else that changes, and must give the same for the same record: a lost partition is
/// computed again, perhaps on another machine.
/// </summary>
/// <remarks>Records are shared by all who read them: never change one.</remarks>
public abstract partial class Rdd<T> : Rdd
{
    private protected Rdd(SparkContext context, string operation, int partitions, params IReadOnlyList<Dependency> dependencies)
        : base(context, operation, partitions, dependencies)
    {
    }

    /// <summary>Gives it a name for pictures, reports and errors.</summary>
    public Rdd<T> Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        SetName(name);
        return this;
    }

    /// <summary>Keeps its partitions in memory when they are first computed: <c>Persist(StorageLevel.MemoryOnly)</c>.</summary>
    public Rdd<T> Cache() => Persist(StorageLevel.MemoryOnly);

    /// <summary>
    /// Keeps its partitions when they are first computed. Memory has a bound (<see cref="SparkOptions.Memory"/>); what it has no room for is computed again
    /// when it is wanted.
    /// </summary>
    /// <exception cref="SparkException">It is kept already, at another level.</exception>
    public Rdd<T> Persist(StorageLevel level)
    {
        if (StorageLevel != StorageLevel.None && StorageLevel != level)
            throw new SparkException($"{Label} is kept at level {StorageLevel}: call Unpersist first.");
        if (level is StorageLevel.MemoryAndDisk or StorageLevel.DiskOnly) _ = Records.RecordCodec<T>.Default;
        StorageLevel = level;
        return this;
    }

    /// <summary>Forgets what was kept, and keeps nothing from here on.</summary>
    public Rdd<T> Unpersist()
    {
        StorageLevel = StorageLevel.None;
        Context.Forget(this);
        return this;
    }

    /// <summary>
    /// Has it written where no failure reaches it, by the next job that needs it; after that its lineage is forgotten and nothing before it is computed again
    /// (§5.4). Keep it as well, or it is computed twice when a job uses only a part of it.
    /// </summary>
    public Rdd<T> Checkpoint()
    {
        _ = Records.RecordCodec<T>.Default;
        IsToBeCheckpointed = true;
        return this;
    }

    /// <summary>
    /// Says what a record costs on the simulated cluster in this dataset's function, beside what any record costs. It changes nothing on this machine.
    /// </summary>
    /// <exception cref="SparkException">The time is negative.</exception>
    public Rdd<T> Costing(TimeSpan perRecord)
    {
        if (perRecord < TimeSpan.Zero) throw new SparkException("A record cannot cost less than no time.");
        TimePerRecord = perRecord;
        return this;
    }

    /// <summary>The records of a partition: kept, from the checkpoint, or computed now.</summary>
    internal Reader<T> Read(int partition, TaskContext task)
    {
        if (StorageLevel != StorageLevel.None && task.Executor.Kept(this, partition) is { } kept)
        {
            task.Metrics.KeptFound++;
            if (IsToBeCheckpointed) WriteCheckpoint(partition, kept, task);
            return Counted(kept, task);
        }

        if (IsCheckpointed) return FromCheckpoint(partition, task);
        if (StorageLevel == StorageLevel.None && !IsToBeCheckpointed)
        {
            task.Metrics.Partitions.Add((Id, partition));
            return Compute(partition, task);
        }

        return new ArrayReader<T>(ComputeBlock(partition, task).Records);
    }

    /// <summary>Computes a partition, whatever is kept.</summary>
    internal abstract Reader<T> Compute(int partition, TaskContext task);

    internal sealed override void RunToCheckpoint(IReadOnlyList<int> partitions) =>
        Context.Run("checkpoint", this, partitions, (reader, _) => Count(reader));

    private Block<T> ComputeBlock(int partition, TaskContext task)
    {
        task.Metrics.Partitions.Add((Id, partition));
        using var reader = Compute(partition, task);
        var block = new Block<T>(reader.Drain());
        if (StorageLevel != StorageLevel.None) task.Executor.Keep(this, partition, block);
        if (IsToBeCheckpointed) WriteCheckpoint(partition, block, task);
        return block;
    }

    private ArrayReader<T> FromCheckpoint(int partition, TaskContext task)
    {
        var block = task.Executor.Checkpointed(this, partition);
        if (StorageLevel == StorageLevel.None) return Counted(block, task);
        var read = new Block<T>(((Block<T>)block).Records);
        task.Executor.Keep(this, partition, read);
        return Counted(read, task);
    }

    private void WriteCheckpoint(int partition, Block block, TaskContext task)
    {
        if (task.Executor.HasCheckpoint(this, partition)) return;
        task.Executor.Checkpoint(this, partition, block);
        task.Metrics.CheckpointBytes += block.Bytes;
    }

    private static ArrayReader<T> Counted(Block block, TaskContext task)
    {
        task.Metrics.KeptBytesRead += block.Bytes;
        return new ArrayReader<T>(((Block<T>)block).Records);
    }
}
