namespace Workbook.MapReduce;

/// <summary>The applications of the paper's §2 and of lab 1, each a job of a few lines.</summary>
public static partial class Jobs
{
    /// <summary>How often each word occurs (§2.1). The words stay bytes from the input to the output file.</summary>
    public static Job<ByteString, long, long> WordCount { get; } = Job
        .Map((Line line, Emit<ByteString, long> emit) =>
        {
            foreach (var word in line.Words())
                emit(word, 1);
        })
        .Combine((a, b) => a + b)
        .Reduce((word, counts) => counts.Sum());
}
