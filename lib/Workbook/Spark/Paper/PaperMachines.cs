using Workbook.Sim;
using Workbook.Spark.Cluster;

namespace Workbook.Spark.Paper;

/// <summary>
/// The machines of §6, and what things cost on them. What the paper measured is taken from it: above all Figure 9, one task on one machine. Five numbers are
/// calibrated, each so that one published bar comes out; all other bars follow, and those are the test.
/// </summary>
public static class PaperMachines
{
    /// <summary>Bytes that each bar of Figure 9 is for, and those of a block of the file system (§6).</summary>
    private const double Block = 256e6;

    /// <summary>
    /// A machine with Spark: EC2's m1.xlarge with 4 cores (§6). A core takes 15.4 − 2.9 s to make points of 256 MB of text out of the file system (Figure 9).
    /// </summary>
    /// <remarks>
    /// Calibrated: 4 s to read 256 MB from disk, by which Hadoop's first iteration is longer than its later ones in Figure 7 (80 and 76 s; such a machine has
    /// four disks, and a task one of them); and how fast a core puts records into a shuffle and takes them out, on the 23 s of Figure 10. Not from the paper: a
    /// gigabit card. A record costs what is said of its function, and nothing beside.
    /// </remarks>
    public static ClusterOptions Spark { get; } = new()
    {
        Cores = 4,
        DiskBytesPerSecond = Block / 4,
        NetworkBytesPerSecond = 125e6,
        ParsedBytesPerSecond = Block / (15.4 - 2.9),
        RecordsPerSecond = 1e12,
        ShuffledBytesPerSecond = 2.6e6,
    };

    /// <summary>
    /// The same machine with Hadoop, where each iteration is a job of its own. No-op jobs took the paper at least 25 s (§6.1). What a job takes that does
    /// something is calibrated on the 76 s of logistic regression's later iterations in Figure 7.
    /// </summary>
    public static ClusterOptions Hadoop { get; } = Spark with { JobStartup = 57.Seconds(), HeartbeatEvery = 3.Seconds(), LostAfter = 30.Seconds() };

    /// <summary>
    /// Hadoop that reads a binary file out of a file system in memory: no disk, and 8.4 − 2.9 s for 256 MB (Figure 9), most of it for making objects.
    /// </summary>
    public static ClusterOptions HadoopBinMem { get; } = Hadoop with { DiskBytesPerSecond = 1e12, ParsedBytesPerSecond = Block / (8.4 - 2.9) };

    /// <summary>How long Spark takes before its first task; calibrated on the 46 s of logistic regression's first iteration in Figure 7.</summary>
    public static TimeSpan SparkStartup { get; } = 27.Seconds();

    /// <summary>The tasks of §6.1 and §6.3: 100 GB in 400 parts, so that each of 400 cores has one.</summary>
    internal static int Parts => 400;

    /// <summary>Bytes of one part.</summary>
    internal static double PartBytes => 100e9 / Parts;

    /// <summary>What logistic regression computes for each byte of the input, in seconds: 2.9 for 256 MB in memory (Figure 9).</summary>
    internal static double LogisticRegressionPerByte => 2.9 / Block;

    /// <summary>
    /// What k-means computes for each byte, in seconds; calibrated on the 33 s of Spark's later iterations in Figure 7, where each core has one part.
    /// </summary>
    internal static double KMeansPerByte => 33 / PartBytes;

    /// <summary>
    /// How long a task takes to write so many bytes into a file system that keeps three copies: two of them go over the network, while the tasks of the
    /// machine's other cores do the same.
    /// </summary>
    internal static TimeSpan Replicated(double bytes) => (2 * bytes * Spark.Cores / Spark.NetworkBytesPerSecond).Seconds();
}
