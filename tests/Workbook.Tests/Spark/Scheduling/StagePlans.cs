using Workbook.Spark;

namespace Workbook.Tests.Spark.Scheduling;

/// <summary>The stages of a job as text.</summary>
internal static class StagePlans
{
    public static string Of(JobReport job) => string.Join('\n', job.Stages.Select(stage =>
        $"{stage.Number}: {stage.Rdd.Operation}, {stage.Tasks} tasks, {(stage.EndsInShuffle ? "shuffle" : "result")}"));
}
