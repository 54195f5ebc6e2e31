using Workbook.Site.Notebooks;

namespace Workbook.Site.Pages;

/// <summary>
/// Reads the text cells of one page, and knows what each prediction covers: the outputs of the code cells that follow it, and
/// the text that explains them. The cover ends at the next heading, prediction, exercise or solution, and where after that
/// text the next code begins.
/// </summary>
internal sealed class Predictions(PageIds ids, MarkdownText markdown)
{
    private string? _covering;
    private bool _hasShown;
    private bool _hasExplained;

    /// <summary>Whether a cell asks its reader for a prediction.</summary>
    public static bool IsOne(Cell cell) => cell.Kind == CellKind.Markdown && cell.Tags.Contains("prediction");

    /// <summary>The blocks of a text cell: one, or two where the text above its heading is covered.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="kind">How it is set off; null for plain text.</param>
    public IReadOnlyList<PageBlock> Read(Cell cell, string? kind)
    {
        if (IsOne(cell))
            return [Begin(cell)];
        if (kind == "exercise" || cell.Tags.Contains("solution"))
            _covering = null;
        if (_covering is not { } covering)
        {
            var isExercise = kind == "exercise" && !cell.Tags.Contains("solution");
            return [new TextBlock(markdown.ToHtml(cell.Source), kind) { Exercise = isExercise ? cell.Id : null }];
        }
        _hasExplained = _hasShown;
        var (above, below) = markdown.ToHtmlAtHeading(cell.Source);
        if (below.Length > 0)
            _covering = null;
        PageBlock[] parts = [new TextBlock(above, kind) { CoveredBy = covering }, new TextBlock(below, kind)];
        return [.. parts.Where(part => ((TextBlock)part).Html.Length > 0)];
    }

    /// <summary>The prediction that a code cell's outputs are covered by; null when they are not.</summary>
    public string? CoversOutputsOf(Cell cell)
    {
        if (_hasExplained || cell.Tags.Contains("exercise") || cell.Tags.Contains("solution"))
            _covering = null;
        _hasShown = true;
        return _covering;
    }

    /// <summary>The page's blocks, each prediction knowing whether it covers anything, and the first thing covered saying so.</summary>
    public static IReadOnlyList<PageBlock> Joined(IReadOnlyList<PageBlock> blocks)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        var joined = blocks.Select(block => IsCovered(block) && said.Add(block.CoveredBy!) ? block with { SaysCovered = true } : block).ToList();
        return [.. joined.Select(block => block is PredictionBlock prediction ? prediction with { Covers = said.Contains(prediction.Cell) } : block)];
    }

    private static bool IsCovered(PageBlock block) => block.CoveredBy is not null && block is not CodeCellBlock { Outputs.Count: 0 };

    private PredictionBlock Begin(Cell cell)
    {
        (_covering, _hasShown, _hasExplained) = (cell.Id, false, false);
        var (question, choices) = markdown.ToPrediction(cell.Source);
        return new PredictionBlock(ids.Take("cell-" + cell.Id), cell.Id, question, choices, cell.Answer <= choices.Count ? cell.Answer : null);
    }
}
