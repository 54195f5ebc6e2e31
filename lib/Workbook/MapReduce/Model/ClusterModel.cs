using Workbook.MapReduce.Cluster;
using Workbook.Sim;

namespace Workbook.MapReduce.Model;

/// <summary>
/// A cluster as a set of queues: a processor and a disk in every machine, a network card each way, and one switch at the root. Rates are
/// bytes a second.
/// </summary>
public sealed record ClusterModel
{
    /// <summary>How many machines; each runs one map and one reduce at a time.</summary>
    public int Machines { get; init; } = 1746;

    /// <summary>What a disk reads or writes in one sweep. The paper's healthy disks do 30 MB/s (§3.6).</summary>
    public double DiskRate { get; init; } = 30e6;

    /// <summary>What it costs a disk to begin to read somewhere else, in seconds. A machine of the paper had two disks: two seeks at once.</summary>
    public double SeekSeconds { get; init; } = 0.005;

    /// <summary>What a network card carries, each way (gigabit Ethernet).</summary>
    public double CardRate { get; init; } = 125e6;

    /// <summary>What the root switch carries in all (100 to 200 Gbit/s, §5.1); half of the traffic between random machines crosses it.</summary>
    public double RootRate { get; init; } = 150e9 / 8;

    /// <summary>What one client can write to GFS; GFS's paper measures 35 MB/s for 16 clients (§6.1.2 there).</summary>
    public double FileSystemWriteRate { get; init; } = 2.2e6;

    /// <summary>Copies of each output file (the sort wrote two, §5.3) and of each input split.</summary>
    public int OutputCopies { get; init; } = 2;

    /// <summary>Copies of each input split.</summary>
    public int InputCopies { get; init; } = 3;

    /// <summary>Machines join one after the other over that many seconds, while the program is copied to them (§5.2: about a minute).</summary>
    public double StartUpSeconds { get; init; } = 60;

    /// <summary>The share of machines that are stragglers.</summary>
    public double StragglerShare { get; init; } = 0.005;

    /// <summary>How much longer a straggler's tasks take, at the least.</summary>
    public double StragglerSlownessFrom { get; init; } = 4;

    /// <summary>How much longer a straggler's tasks take, at the most; all factors between the two are equally likely.</summary>
    public double StragglerSlownessTo { get; init; } = 8;

    /// <summary>The share of a phase's tasks that must be done before backup tasks begin.</summary>
    public double BackupWhenDone { get; init; } = 0.5;

    /// <summary>The share of a phase's tasks that may be backed up: "no more than a few percent" of the work (§3.6).</summary>
    public double MostBackups { get; init; } = 0.05;

    /// <summary>Runs a workload on this cluster. The same seed gives the same run.</summary>
    /// <param name="workload">What to run.</param>
    /// <param name="rules">The precautions; backup tasks and locality count here.</param>
    /// <param name="killed">How many workers are killed at once; they start anew at once, without what they had.</param>
    /// <param name="killedAt">When.</param>
    /// <param name="seed">Decides who is slow, and where input lies.</param>
    public ModelRun Run(
        Workload workload, MapReduceRules? rules = null, int killed = 0, TimeSpan? killedAt = null, ulong seed = 1)
    {
        if (Machines < 1) throw new ArgumentException($"A cluster of {Machines} machines can do nothing; give it at least one.");
        if (workload.Maps < 1) throw new ArgumentException($"{workload.Maps} map tasks cannot read the input; give the job at least one.");
        if (workload.Reducers < 1) throw new ArgumentException($"{workload.Reducers} reduce tasks cannot write the output; give the job at least one.");
        if (killed > Machines) throw new ArgumentException($"Only {Machines} workers can be killed, not {killed}.");
        var machines = new ModelMachines(this, workload, seed);
        return machines.Run(rules ?? MapReduceRules.All, killed, killedAt ?? 300.Seconds());
    }
}

/// <summary>Clusters that somebody measured.</summary>
public static class Clusters
{
    /// <summary>
    /// The cluster of §5.1 in its sort runs: 1,746 workers. What the paper gives is taken from it (disk, cards, switch, copies, start-up);
    /// processor costs, the write rate and stragglers are set so that the normal run of Figure 3(a) comes out. The other two then follow.
    /// </summary>
    public static readonly ClusterModel Osdi2004 = new();
}
