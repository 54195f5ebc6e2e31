namespace Workbook.Site.Notebooks;

/// <summary>A notebook as it stands in git: cells without outputs.</summary>
/// <param name="Path">Full path of the <c>.ipynb</c> file.</param>
/// <param name="Cells">The cells, in order.</param>
public sealed record Notebook(string Path, IReadOnlyList<Cell> Cells)
{
    /// <summary>The file's name without folder and ending: <c>01-mapreduce</c>.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>Text for the reader.</summary>
    Markdown,

    /// <summary>C# to run.</summary>
    Code,

    /// <summary>Text shown as it stands.</summary>
    Raw,
}

/// <summary>One cell of a notebook.</summary>
/// <param name="Id">nbformat's cell id, unique in its notebook.</param>
/// <param name="Kind">What the cell holds.</param>
/// <param name="Source">Its text, lines ended by <c>\n</c>.</param>
/// <param name="Tags">nbformat's <c>metadata.tags</c>, such as <c>solution</c>, <c>exercise</c>, <c>ecosystem</c>.</param>
public sealed record Cell(string Id, CellKind Kind, string Source, IReadOnlyList<string> Tags)
{
    /// <summary>Our own <c>metadata.workbook.answer</c>: which of a prediction's choices comes true, from 1 on; null when none is named.</summary>
    public int? Answer { get; init; }
}
