namespace Workbook.MapReduce.Model;

/// <summary>A job as far as its running time goes: how many bytes go in, through and out, and what they cost.</summary>
/// <param name="Name">What it is called in pictures.</param>
/// <param name="InputBytes">Bytes of input.</param>
/// <param name="Maps">M.</param>
/// <param name="Reducers">R.</param>
public sealed record Workload(string Name, double InputBytes, int Maps, int Reducers)
{
    /// <summary>Bytes that map tasks write for each byte they read.</summary>
    public double IntermediateRatio { get; init; } = 1;

    /// <summary>Bytes that reduce tasks write for each byte they fetch.</summary>
    public double OutputRatio { get; init; } = 1;

    /// <summary>Processor seconds of a map task for each megabyte (10⁶ bytes) of input.</summary>
    public double MapSecondsPerMegabyte { get; init; } = 0.065;

    /// <summary>Processor seconds of a reduce task, its sort included, for each megabyte fetched.</summary>
    public double ReduceSecondsPerMegabyte { get; init; } = 0.1;

    /// <summary>Bytes that one map task reads.</summary>
    public double SplitBytes => InputBytes / Maps;

    /// <summary>Bytes that one reduce task fetches from one map task.</summary>
    public double SegmentBytes => SplitBytes * IntermediateRatio / Reducers;

    /// <summary>
    /// The workload of a job of ours at another size: the ratios are measured by running its map and reduce functions over a sample.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="sample">Some input that is like the rest.</param>
    /// <param name="inputBytes">How large the whole input is to be.</param>
    /// <param name="maps">M.</param>
    /// <param name="reducers">R.</param>
    public static Workload Of(Job job, InputFile sample, double inputBytes, int maps, int reducers)
    {
        if (sample.Bytes.Length == 0) throw new ArgumentException($"{sample.Name} is empty; give a sample with some lines in it.");
        var map = job.RunMapTask(Split.Whole(sample.Name, sample.Bytes.Length), sample.Bytes, reducers: 1);
        var reduce = job.RunReduceTask([.. map.Segments.Select(segment => (ReadOnlyMemory<byte>)segment)]);
        double intermediate = map.Segments.Sum(segment => segment.Length);
        return new Workload("job", inputBytes, maps, reducers)
        {
            IntermediateRatio = intermediate / sample.Bytes.Length,
            OutputRatio = intermediate > 0 ? reduce.Output.Length / intermediate : 0,
        };
    }
}

/// <summary>The paper's two programs (§5).</summary>
public static class Workloads
{
    /// <summary>Sort of 10¹⁰ records of 100 bytes (§5.3): M = 15,000, R = 4,000.</summary>
    public static readonly Workload Sort = new("sort", 1e12, 15_000, 4_000);

    /// <summary>Grep for a rare pattern through the same bytes (§5.2): M = 15,000, R = 1, hardly any output.</summary>
    public static readonly Workload Grep = new("grep", 1e12, 15_000, 1)
    {
        IntermediateRatio = 1e-5,
        MapSecondsPerMegabyte = 0.02,
    };
}
