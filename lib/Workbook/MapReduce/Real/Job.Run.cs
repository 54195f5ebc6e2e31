using Workbook.MapReduce.Real;

namespace Workbook.MapReduce;

public abstract partial class Job
{
    /// <summary>
    /// Runs the job over files, on this machine's cores. The output folder appears when all of it is there, and not before; a job
    /// that fails, is cancelled or killed leaves none.
    /// </summary>
    /// <param name="files">The input files. Map tasks are numbered in their order.</param>
    /// <param name="output">
    /// The output folder: new, or empty. Without one the output goes to a folder for temporary files, and goes away with this process.
    /// </param>
    /// <param name="reducers">R: how many reduce tasks, and output files.</param>
    /// <param name="options">Memory, split size, progress and so on.</param>
    /// <exception cref="MapReduceException">Something about the job, its input or its output is wrong; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public JobResult Run(IEnumerable<string> files, string? output = null, int reducers = 8, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new RealRun(this, [.. files], output ?? TemporaryOutput.NewFolder(), reducers, options ?? new RunOptions()).Run();
    }

    /// <summary>Runs the job as a sequential program over files: the oracle. All of the input and all pairs are held in memory.</summary>
    /// <param name="files">The input files, in order.</param>
    /// <param name="reducers">R: how many output files.</param>
    /// <exception cref="MapReduceException">A file is missing or cannot be read.</exception>
    public SequentialResult RunSequentially(IEnumerable<string> files, int reducers = 1) =>
        RunSequentially(files.Select(file => new InputFile(file, InputFiles.ReadAll(file))), reducers);
}
