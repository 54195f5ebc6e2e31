namespace Workbook.Draw;

/// <summary>Where a dataset is kept once it was made; a picture fills what is kept, and says how in a word.</summary>
public enum DatasetMark
{
    /// <summary>Nowhere: whoever needs it again must make it again.</summary>
    None,

    /// <summary>In memory, as long as there is room and the machine lives.</summary>
    Cached,

    /// <summary>On stable storage, so that nothing above it is needed any more.</summary>
    Checkpointed,
}

/// <summary>A dataset in a <see cref="LineageGraph"/>.</summary>
/// <param name="Name">Its name, in bold; edges name it by this, so no two datasets share one.</param>
/// <param name="Label">How it is made, in a few words: <c>groupByKey</c>. May be empty; a long label is cut, and stands whole under the pointer.</param>
public sealed record LineageNode(string Name, string Label = "")
{
    /// <summary>A second line of a few words: <c>8 partitions</c>.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The group (stage) it belongs to, by its place in the graph's list, the first being 0; null when it is in none.</summary>
    public int? Group { get; init; }

    /// <summary>Where it is kept.</summary>
    public DatasetMark Mark { get; init; }

    /// <summary>How often it was computed; said from the second time on. 0 when it never was.</summary>
    public int Times { get; init; } = 1;
}

/// <summary>How a dataset depends on another: M. Zaharia and others, <i>Resilient Distributed Datasets</i>, NSDI 2012, §4.</summary>
public enum DependencyKind
{
    /// <summary>Each partition of the parent is used by at most one partition of the child.</summary>
    Narrow,

    /// <summary>Many partitions of the child use one of the parent: data goes from every machine to every machine.</summary>
    Wide,
}

/// <summary>One dataset is made from another, in a <see cref="LineageGraph"/>.</summary>
/// <param name="From">The parent's name.</param>
/// <param name="To">The child's name.</param>
/// <param name="Kind">How the child depends on the parent.</param>
public sealed record LineageEdge(string From, string To, DependencyKind Kind = DependencyKind.Narrow)
{
    /// <summary>A few characters beside the line: <c>12 kB</c>. Left out where there is no room.</summary>
    public string Label { get; init; } = "";
}

/// <summary>Datasets that are made together, drawn as a region around them: a stage. A string is a group with that heading.</summary>
/// <param name="Heading">Stands at the top of the region: <c>Stage 1: 8 tasks</c>.</param>
public sealed record LineageGroup(string Heading)
{
    /// <summary>Whether it was not run, since what it makes was still there; it is then faint, and the heading says so.</summary>
    public bool IsSkipped { get; init; }

    public static implicit operator LineageGroup(string heading) => new(heading);
}
