namespace Workbook.Spark.Scheduling;

/// <summary>What runs jobs: the threads of this machine, or the simulated cluster.</summary>
internal interface IEngine
{
    /// <summary>Runs a job to its end.</summary>
    /// <returns>A result for each partition that was asked for, in that order, and what it cost.</returns>
    (IReadOnlyList<object?> Results, JobReport Report) Run(SparkJob job);

    /// <summary>How many partitions of a dataset are kept.</summary>
    int KeptPartitions(Rdd rdd);

    /// <summary>Throws away what is kept of a dataset.</summary>
    void Forget(Rdd rdd);

    bool HasCheckpoint(Rdd rdd, int partition);
}
