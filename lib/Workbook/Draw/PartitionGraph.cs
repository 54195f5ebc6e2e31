using System.Net;

namespace Workbook.Draw;

/// <summary>
/// Which partition is made from which: a frame for each dataset with its partitions in it, under those it is made from, and an arrow from
/// partition to partition, strong where the child was computed again. After Figure 4 of M. Zaharia and others, <i>Resilient Distributed
/// Datasets</i>, NSDI 2012. Of a dataset with many partitions the first are drawn, and the drawing says so.
/// </summary>
[TypeFormatterSource]
public sealed record PartitionGraph : IDisplay
{
    /// <summary>Of more partitions in a dataset only the first are drawn.</summary>
    public const int MostPartitions = 12;

    /// <param name="title">Stands above the drawing.</param>
    /// <param name="datasets">The datasets, in any order; those given first stand further left where they are side by side.</param>
    /// <param name="edges">Which partition is made from which.</param>
    /// <exception cref="ArgumentException">A dataset is named twice or has no partition, an edge leads to a dataset or partition that is not
    /// there, or datasets depend on each other in a circle.</exception>
    public PartitionGraph(string title, IEnumerable<PartitionDataset> datasets, IEnumerable<PartitionEdge> edges)
    {
        Title = Figure.Wanted(title, "a title");
        (Datasets, Edges) = ([.. datasets], [.. edges]);
        Check();
    }

    /// <summary>Stands above the drawing, and begins its text alternative.</summary>
    public string Title { get; }

    /// <summary>The datasets.</summary>
    public IReadOnlyList<PartitionDataset> Datasets { get; }

    /// <summary>Which partition is made from which.</summary>
    public IReadOnlyList<PartitionEdge> Edges { get; }

    /// <summary>One or two sentences under the drawing.</summary>
    public string Note { get; init; } = "";

    /// <summary>What the drawing shows, in words.</summary>
    public string Alt => (Title[^1] is '.' or '?' or '!' ? Title : Title + ".") + (Datasets.Count == 0 ? " No datasets."
        : $" Partitions of {Words.Count(Datasets.Count, "dataset")} ({Words.List(Datasets.Select(dataset => dataset.Name))}), "
            + $"{Words.Count(Edges.Count, "dependency", "dependencies")}: {string.Join("; ", States())}.") + (Note.Length > 0 ? $" {Note}" : "");

    /// <summary>The drawing as one SVG element that stands by itself, light or dark as the page or the reader's system is.</summary>
    public string ToSvg() => new PartitionSvg(this).ToString();

    /// <summary>The datasets, one line each with what became of their partitions, under the text alternative.</summary>
    public string ToText() => string.Join('\n', Datasets.Select(Line).Prepend(Alt));

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle()
    {
        var note = Note.Length == 0 ? "" : $"\n<p class=\"wb-note\" style=\"margin:4px 12px\">{WebUtility.HtmlEncode(Svg.Printable(Note))}</p>";
        return new($"""
            <div class="wb-scroll" style="overflow-x:auto" tabindex="0" role="group" aria-label="{WebUtility.HtmlEncode(Title)}">{ToSvg()}</div>{note}
            """, ToText());
    }

    public override string ToString() => Alt;

    internal static string Word(PartitionState state) => state switch
    {
        PartitionState.Kept => "kept",
        PartitionState.Lost => "lost",
        PartitionState.ComputedAgain => "again",
        _ => "",
    };

    /// <summary>Which datasets a dataset is made from, by their places.</summary>
    internal List<(int From, int To)> Parents()
    {
        var places = Datasets.Select((dataset, place) => (dataset.Name, place)).ToDictionary(dataset => dataset.Name, dataset => dataset.place);
        return [.. Edges.Select(edge => (places[edge.From], places[edge.To])).Distinct()];
    }

    /// <summary>What became of how many partitions, over all datasets.</summary>
    private IEnumerable<string> States() => Datasets.SelectMany(dataset => dataset.Partitions).GroupBy(state => state).OrderBy(group => group.Key)
        .Select(group => $"{Words.Count(group.Count(), "partition")}{Said(group.Key)}");

    private string Line(PartitionDataset dataset)
    {
        var states = dataset.Partitions.Select((state, number) => (state, number)).GroupBy(partition => partition.state).OrderBy(group => group.Key)
            .Select(group => $"{Words.List(Runs(group.Select(partition => partition.number)))}{Said(group.Key)}");
        var parents = Edges.Where(edge => edge.To == dataset.Name).Select(edge => edge.From).Distinct().ToList();
        return $"{dataset.Name}{(dataset.Detail.Length > 0 ? $" ({dataset.Detail})" : "")}: partitions {string.Join("; ", states)}"
            + (parents.Count > 0 ? $"; from {Words.List(parents)}" : "");
    }

    /// <summary>Numbers that follow each other are said by the first and the last: <c>0–4</c>, <c>6</c>.</summary>
    private static IEnumerable<string> Runs(IEnumerable<int> numbers) => numbers.Select((number, at) => (number, at)).GroupBy(item => item.number - item.at)
        .Select(run => run.Count() == 1 ? $"{run.First().number}" : $"{run.First().number}–{run.Last().number}");

    private static string Said(PartitionState state) => state switch
    {
        PartitionState.Plain => "",
        PartitionState.ComputedAgain => " computed again",
        _ => $" {Word(state)}",
    };

    private void Check()
    {
        if (Datasets.GroupBy(dataset => dataset.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The dataset '{twice.Key}' is named twice; name each dataset once.");
        if (Datasets.FirstOrDefault(dataset => dataset.Partitions.Count == 0) is { } bare)
            throw new ArgumentException($"The dataset '{bare.Name}' has no partition; give it at least one.");
        var counts = Datasets.ToDictionary(dataset => dataset.Name, dataset => dataset.Partitions.Count);
        foreach (var (name, partition) in Edges.SelectMany(edge => new[] { (edge.From, edge.FromPartition), (edge.To, edge.ToPartition) }))
        {
            if (!counts.TryGetValue(name, out var count))
                throw new ArgumentException($"A partition of '{name}' is in a dependency, but '{name}' is not among the datasets given; add it to them.");
            if (partition < 0 || partition >= count)
                throw new ArgumentException($"'{name}' has no partition {partition}; its partitions are 0 to {count - 1}.");
        }
        if (LineageOrder.Circle(Datasets.Count, Parents()) is { Count: > 0 } circle)
        {
            throw new ArgumentException($"Datasets depend on each other in a circle: {LineageCheck.Round(circle.Select(dataset => Datasets[dataset].Name))}; "
                + "one of them must be made without the others.");
        }
    }
}
