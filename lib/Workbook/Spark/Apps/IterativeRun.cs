namespace Workbook.Spark.Apps;

/// <summary>What a program that goes round has come to, and what each round has cost.</summary>
/// <param name="Result">What it has computed.</param>
/// <param name="Iterations">The rounds that ran jobs, in order. None if the program only said what is to be computed.</param>
public sealed record IterativeRun<TResult>(TResult Result, IReadOnlyList<IterationReport> Iterations);

/// <summary>What one round has cost. The first one pays for reading the input, too.</summary>
/// <param name="Number">Which round, from 1.</param>
/// <param name="Jobs">The jobs that it ran, checkpoints included.</param>
public sealed record IterationReport(int Number, IReadOnlyList<JobReport> Jobs)
{
    /// <summary>How long its jobs took together.</summary>
    public TimeSpan Elapsed => Jobs.Aggregate(TimeSpan.Zero, (sum, job) => sum + job.Elapsed);

    /// <summary>How many bytes went through shuffles.</summary>
    public long ShuffledBytes => Jobs.Sum(job => job.ShuffledBytes);

    /// <summary>How many bytes of files and collections were read.</summary>
    public long SourceBytes => Jobs.Sum(job => job.SourceBytes);

    /// <summary>How many records went through functions, each function counted.</summary>
    public long Records => Jobs.Sum(job => job.Records);
}

/// <summary>Cuts the jobs of a context into rounds, from now on.</summary>
internal sealed class IterationLog(SparkContext context)
{
    private readonly List<IterationReport> _iterations = [];
    private int _seen = context.Jobs.Count;

    public IReadOnlyList<IterationReport> Iterations => _iterations;

    public void End(int number)
    {
        var jobs = context.Jobs;
        _iterations.Add(new(number, [.. jobs.Skip(_seen)]));
        _seen = jobs.Count;
    }
}
