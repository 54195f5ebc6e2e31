using System.Globalization;
using System.Net;
using Workbook.Site.Notebooks;
using Workbook.Site.Sources;

namespace Workbook.Site.Pages;

/// <summary>Makes a <see cref="LecturePage"/> of a notebook and its run.</summary>
public static class LectureReader
{
    private static readonly string[] Kinds = ["prediction", "exercise", "ecosystem"];

    /// <summary>What the rest of the site says about a notebook.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="run">What came of it.</param>
    public static LectureCard Card(Notebook notebook, NotebookRun run)
    {
        var (title, summary) = MarkdownText.Opening(notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source));
        var hasFigure = run.Cells.SelectMany(cell => cell.Outputs).OfType<DisplayOutput>().Any(output => HasFigure(output.Data));
        return new LectureCard(
            notebook.Name, title ?? notebook.Name, summary ?? "", notebook.Cells.Count(cell => cell.Kind == CellKind.Code), run.Failed, hasFigure);
    }

    /// <summary>Whether a value that was shown is drawn with plotly.js.</summary>
    internal static bool HasFigure(IReadOnlyDictionary<string, string> shown) => shown.ContainsKey("application/vnd.plotly.v1+json")
        || shown.GetValueOrDefault("text/html", "").Contains("Plotly", StringComparison.Ordinal);

    /// <summary>What the site says about a notebook that could not be read or run at all.</summary>
    /// <param name="name">Its file name without ending.</param>
    public static LectureCard CardOfBroken(string name) => new(name, name, "", 0, 1, false);

    /// <summary>The page of a notebook that could not be read or run at all.</summary>
    /// <param name="card">What the site says about it.</param>
    /// <param name="failure">One sentence that says why.</param>
    public static LecturePage BrokenPage(LectureCard card, string failure) => new(card, [], [], null, failure);

    /// <summary>The page of a notebook.</summary>
    /// <param name="card">What the site says about it.</param>
    /// <param name="notebook">The notebook.</param>
    /// <param name="run">What came of it.</param>
    /// <param name="lectures">The names of all notebooks of the site, so that links between them lead to pages.</param>
    public static LecturePage Page(LectureCard card, Notebook notebook, NotebookRun run, IEnumerable<string> lectures) =>
        Page(card, notebook, run, lectures, null, null);

    /// <summary>The page of a notebook, with links to the sources of the library that it uses and to the glossary.</summary>
    internal static LecturePage Page(
        LectureCard card, Notebook notebook, NotebookRun run, IEnumerable<string> lectures, SourceLinks? sources, GlossaryWords? words)
    {
        var ids = new PageIds();
        var symbols = new SymbolTable(sources);
        var search = new SearchRecords(card.Href, card.Title);
        using var highlighter = new CodeHighlighter(Path.GetDirectoryName(Path.GetFullPath(notebook.Path))!, symbols);
        var markdown = new MarkdownText(ids, highlighter, lectures.ToHashSet(StringComparer.Ordinal), search, words);
        var outputs = new OutputReader(ids, markdown);
        var painted = new Queue<string>(highlighter.ToHtml(
            notebook.Cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => cell.Source).ToArray()));
        var runs = run.Cells.GroupBy(cell => cell.CellId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

        var blocks = new List<PageBlock>();
        foreach (var cell in notebook.Cells)
        {
            var html = cell.Kind == CellKind.Code ? painted.Dequeue() : null;
            if (string.IsNullOrWhiteSpace(cell.Source))
                continue;
            PageBlock block = cell.Kind switch
            {
                CellKind.Code => Code(cell, html!, runs.GetValueOrDefault(cell.Id), ids, outputs),
                CellKind.Markdown => new TextBlock(markdown.ToHtml(cell.Source, linksTerms: KindOf(cell) != "prediction"), KindOf(cell)),
                _ => new TextBlock($"<pre class=\"code\">{WebUtility.HtmlEncode(cell.Source)}</pre>", KindOf(cell)),
            };
            if (block is CodeCellBlock code)
                search.AddCode(cell.Source, code.Id);
            Append(blocks, block, cell.Tags.Contains("solution"));
        }
        return new LecturePage(card, blocks, markdown.Headings, run.Elapsed, null)
        {
            Symbols = symbols.Json,
            Search = search.ToArray(),
            Mentions = markdown.Mentions,
        };
    }

    /// <summary>Solution cells that follow each other are opened as one.</summary>
    private static void Append(List<PageBlock> blocks, PageBlock block, bool isSolution)
    {
        if (!isSolution)
            blocks.Add(block);
        else if (blocks.LastOrDefault() is SolutionBlock solution)
            blocks[^1] = new SolutionBlock([.. solution.Blocks, block]);
        else
            blocks.Add(new SolutionBlock([block]));
    }

    private static CodeCellBlock Code(Cell cell, string html, CellRun? run, PageIds ids, OutputReader outputs)
    {
        var lines = cell.Source.TrimEnd().Count(character => character == '\n') + 1;
        return new CodeCellBlock(
            ids.Take(PageIds.OfCell(cell.Id)), html.TrimEnd(), lines, cell.Tags.Contains("hide-input"), KindOf(cell),
            run?.Outcome ?? CellOutcome.NotRun, run?.Reason, Duration(run?.Elapsed ?? TimeSpan.Zero),
            run?.Outputs.Select(outputs.Read).ToArray() ?? []);
    }

    private static string? KindOf(Cell cell) => Kinds.FirstOrDefault(cell.Tags.Contains);

    internal static string? Duration(TimeSpan elapsed) => elapsed.TotalSeconds switch
    {
        < 0.1 => null,
        < 100 => elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        _ => elapsed.TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture) + " min",
    };
}
