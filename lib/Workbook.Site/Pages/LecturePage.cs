using Workbook.Site.Notebooks;

namespace Workbook.Site.Pages;

/// <summary>A notebook and its run, made ready to be laid out: all text is HTML already, nothing is left to decide.</summary>
/// <param name="Card">What the rest of the site says about it.</param>
/// <param name="Blocks">The cells, in order.</param>
/// <param name="Contents">The headings that its contents list.</param>
/// <param name="Elapsed">Real time its cells took; null when they were not run.</param>
/// <param name="Failure">One sentence when the notebook could not be read or run at all; otherwise null.</param>
public sealed record LecturePage(
    LectureCard Card, IReadOnlyList<PageBlock> Blocks, IReadOnlyList<Heading> Contents, TimeSpan? Elapsed, string? Failure)
{
    /// <summary>What the page can say of the names in its code, as JSON; null when that is nothing.</summary>
    public string? Symbols { get; init; }

    /// <summary>What the search can find in it.</summary>
    public IReadOnlyList<SearchRecord> Search { get; init; } = [];

    /// <summary>Where the glossary's terms are used in its text.</summary>
    public IReadOnlyList<Mention> Mentions { get; init; } = [];

    /// <summary>All code cells, also those in solutions.</summary>
    public IEnumerable<CodeCellBlock> Cells =>
        Blocks.SelectMany(block => block is SolutionBlock solution ? solution.Blocks : [block]).OfType<CodeCellBlock>();

    /// <summary>Whether the notebook itself opens with a heading of level 1, so that the page must not add one.</summary>
    public bool HasHeading => Contents.Any(heading => heading.Level == 1);
}

/// <summary>What stands between two gaps of a page: one cell, or some cells folded together.</summary>
public abstract record PageBlock;

/// <summary>A text cell.</summary>
/// <param name="Html">Its HTML.</param>
/// <param name="Kind">How it is set off: <c>prediction</c>, <c>exercise</c>, <c>ecosystem</c>; null for plain text.</param>
public sealed record TextBlock(string Html, string? Kind) : PageBlock;

/// <summary>A code cell with all it showed.</summary>
/// <param name="Id">The id of its element.</param>
/// <param name="Html">Its code in colours.</param>
/// <param name="Lines">How many lines of code.</param>
/// <param name="Hidden">Whether the author asked for the code to be folded.</param>
/// <param name="Kind">As for text.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">One sentence when it did not succeed.</param>
/// <param name="Elapsed">How long it took, for people; null when that was too short to mention.</param>
/// <param name="Outputs">What it showed.</param>
public sealed record CodeCellBlock(
    string Id, string Html, int Lines, bool Hidden, string? Kind, CellOutcome Outcome, string? Reason, string? Elapsed,
    IReadOnlyList<OutputBlock> Outputs) : PageBlock;

/// <summary>Cells that the reader opens only after having tried.</summary>
/// <param name="Blocks">The cells.</param>
public sealed record SolutionBlock(IReadOnlyList<PageBlock> Blocks) : PageBlock;

/// <summary>One thing that a cell showed.</summary>
public abstract record OutputBlock;

/// <summary>Text as a console shows it.</summary>
/// <param name="Kind"><c>value</c>, <c>console</c> or <c>console-error</c>.</param>
/// <param name="Lines">The lines as HTML.</param>
/// <param name="LeftOut">One sentence when the page does not hold all of it.</param>
public sealed record LinesOutput(string Kind, IReadOnlyList<string> Lines, string? LeftOut) : OutputBlock;

/// <summary>HTML, SVG or Markdown that a value's formatter wrote.</summary>
/// <param name="Kind"><c>html</c>, <c>svg</c> or <c>markdown</c>.</param>
/// <param name="Html">What goes into the page.</param>
public sealed record MarkupOutput(string Kind, string Html) : OutputBlock
{
    /// <summary>Rows of its tables; one with very many is shown in a box until the reader asks for all.</summary>
    public int Rows { get; init; }
}

/// <summary>A bitmap.</summary>
/// <param name="Source">A <c>data:</c> address.</param>
/// <param name="Alternative">What it shows, in words.</param>
public sealed record ImageOutput(string Source, string Alternative) : OutputBlock;

/// <summary>A figure that the page's script draws with plotly.js.</summary>
/// <param name="Id">The id of its element.</param>
/// <param name="Json">Plotly's JSON, safe inside a script element.</param>
/// <param name="Height">Pixels kept free for it before it is drawn.</param>
/// <param name="Moves">Whether it has controls, which must not be hidden behind one picture's description.</param>
/// <param name="Alternative">What it shows, in words.</param>
public sealed record FigureOutput(string Id, string Json, int Height, bool Moves, string Alternative) : OutputBlock;

/// <summary>An exception or a compiler's complaint.</summary>
/// <param name="Name">The exception's type name, or the diagnostic's id.</param>
/// <param name="Message">Its message as HTML.</param>
/// <param name="Trace">Where, as lines of HTML.</param>
public sealed record FailureOutput(string Name, string Message, IReadOnlyList<string> Trace) : OutputBlock;
