
using Workbook.Draw;

namespace Workbook.Spark;

/// <summary>
/// A resilient distributed dataset, whatever its records are (§2.1): read-only, in partitions, and known by its lineage: from which datasets, and how, each
/// partition can be computed, again and again. This is all that the scheduler sees (Table 3).
/// </summary>
[TypeFormatterSource]
public abstract class Rdd : IDisplay
{
    /// <summary>The longest chain of narrow transformations: readers nest that deep on a thread's stack.</summary>
    internal const int MostNarrowSteps = 4_000;

    private string? _name;
    private IReadOnlyList<Dependency> _dependencies;

    private protected Rdd(SparkContext context, string operation, int partitions, params IReadOnlyList<Dependency> dependencies)
    {
        if (dependencies.FirstOrDefault(dependency => dependency.Parent.Context != context) is { } foreign)
            throw new SparkException($"{foreign.Parent.Label} belongs to another SparkContext than {operation}: make both in one context.");
        (Context, Operation, Partitions, _dependencies) = (context, operation, partitions, dependencies);
        Id = context.NextRdd();
        NarrowSteps = dependencies.OfType<NarrowDependency>().Select(narrow => narrow.Parent.NarrowSteps + 1).DefaultIfEmpty(0).Max();
        if (NarrowSteps > MostNarrowSteps)
        {
            throw new SparkException(
                $"{operation} would be narrow transformation {NarrowSteps:N0} in a row: every few hundred rounds, call Checkpoint on a dataset and then an action.");
        }
    }

    /// <summary>The context that it was made in.</summary>
    public SparkContext Context { get; }

    /// <summary>The number of the dataset in its context, from 0.</summary>
    public int Id { get; }

    /// <summary>The transformation or source that made it, as in Table 2: <c>map</c>, <c>reduceByKey</c>, <c>textFile</c>.</summary>
    public string Operation { get; private protected set; }

    /// <summary>What the program calls it, if <see cref="Rdd{T}.Named"/> has said so.</summary>
    public string? Name => _name;

    /// <summary>How many partitions it has.</summary>
    public int Partitions { get; }

    /// <summary>How keys are assigned to partitions; null when nothing is known of it.</summary>
    public Partitioner? Partitioner { get; private protected init; }

    /// <summary>What it is computed from. Nothing, once it is checkpointed.</summary>
    public IReadOnlyList<Dependency> Dependencies => _dependencies;

    /// <summary>Whether, and where, its partitions are kept once they are computed.</summary>
    public StorageLevel StorageLevel { get; private protected set; }

    /// <summary>Whether all of it is in the checkpoint folder, so that nothing before it is ever computed again.</summary>
    public bool IsCheckpointed { get; private set; }

    /// <summary>Whether <see cref="Rdd{T}.Checkpoint"/> was called on it.</summary>
    internal bool IsToBeCheckpointed { get; private protected set; }

    /// <summary>How its name stands in a sentence.</summary>
    internal string Label => _name is null ? $"dataset {Id}" : $"dataset {Id}, {_name}";

    /// <summary>What one of its records costs on the simulated cluster, beside the cost of any record.</summary>
    internal TimeSpan TimePerRecord { get; private protected set; }

    internal int NarrowSteps { get; private set; }

    /// <summary>How many bytes the source of a partition has on disk; 0 for a dataset that is computed from others.</summary>
    internal virtual long SourceBytes(int partition) => 0;

    /// <summary>Where a record of a source comes from, such as a line of a file; null when there is no more to say than its number.</summary>
    internal virtual string? PlaceOf(int partition, long record) => null;

    /// <summary>Runs a job that does nothing but write partitions to the checkpoint.</summary>
    internal abstract void RunToCheckpoint(IReadOnlyList<int> partitions);

    private protected void SetName(string name) => _name = name;

    /// <summary>From here on the checkpoint is the source. What it was computed from can be forgotten (§5.4).</summary>
    internal void ForgetLineage()
    {
        IsCheckpointed = true;
        _dependencies = [];
        NarrowSteps = 0;
    }

    /// <summary>
    /// The lineage as text: a line for each dataset, with its number in brackets, and below it what it is computed from. A number in parentheses is that of
    /// partitions and begins a stage; <c>+-</c> is a shuffle.
    /// </summary>
    public string ToDebugString() => LineageText.Of(this);

    /// <summary>A dataset at the end of a cell shows its lineage; it runs nothing.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToDebugString());

    public override string ToString() => $"{(_name is null ? "" : $"{_name}: ")}{Operation}, {Partitions} partition{(Partitions == 1 ? "" : "s")} ({Id})";
}
