using Workbook.Site.Notebooks;
using Workbook.Site.Running;

namespace Workbook.Site.Publishing;

/// <summary>What to render, and how.</summary>
public sealed record RenderOptions
{
    /// <summary>The repository's folder, which holds <c>notebooks/</c> and <c>data/</c>.</summary>
    public required string Root { get; init; }

    /// <summary>The site's folder; relative to the working directory. By default <c>site</c> in the repository.</summary>
    public string? Output { get; init; }

    /// <summary>Where the scripts of others are kept between renders. By default <c>.workbook/scripts</c> in the repository.</summary>
    public string? Scripts { get; init; }

    /// <summary>Names of the only notebooks to run; empty for all. The other pages stay as they are.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether everything is run again even when nothing has changed.</summary>
    public bool IgnoresCache { get; init; }

    /// <summary>How many notebooks run at once; at least 1.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether the result tells of each cell, also of those that need not run again.</summary>
    public bool TellsCells { get; init; }

    /// <summary>What runs the notebooks.</summary>
    public NotebookEngine Engine { get; init; } = NotebookEngine.Own;

    /// <summary>What one notebook may use.</summary>
    public RunOptions Limits { get; init; } = new();

    /// <summary>The repository around a folder: the nearest one upwards that holds <c>Workbook.sln</c>.</summary>
    /// <exception cref="SiteException">There is none.</exception>
    public static string FindRoot(string folder)
    {
        for (var here = Path.GetFullPath(folder); here is not null; here = Path.GetDirectoryName(here))
            if (File.Exists(Path.Combine(here, "Workbook.sln")))
                return here;
        throw new SiteException($"{folder} is not in the workbook's repository: no folder above it holds Workbook.sln; change to the repository first.");
    }
}

/// <summary>News of a render.</summary>
/// <param name="Name">The notebook.</param>
/// <param name="Done">How many of its code cells have ended.</param>
/// <param name="Count">How many it has; 0 while that is not known.</param>
/// <param name="Note">What it waits for; otherwise null.</param>
/// <param name="Result">What came of it, once it has ended; before that null.</param>
public sealed record RenderProgress(string Name, int Done, int Count, string? Note, NotebookResult? Result)
{
    /// <summary>How many notebooks have ended, this one included.</summary>
    public int Ended { get; init; }

    /// <summary>How many notebooks were asked for.</summary>
    public int Total { get; init; }

    /// <summary>How long the notebooks that have not ended may take in all; null while that can't be told.</summary>
    public TimeSpan? Left { get; init; }
}

/// <summary>What came of one notebook.</summary>
/// <param name="Name">Its file name without ending.</param>
/// <param name="Cells">How many code cells it has.</param>
/// <param name="FromCache">Whether nothing had changed, so that it was not run.</param>
/// <param name="Elapsed">Real time its cells took, when they were run.</param>
/// <param name="Failures">One sentence a failure, with file and cell.</param>
public sealed record NotebookResult(string Name, int Cells, bool FromCache, TimeSpan Elapsed, IReadOnlyList<string> Failures)
{
    /// <summary>What came of each code cell, when <see cref="RenderOptions.TellsCells"/> asks for it; empty for a notebook that could not be run.</summary>
    public IReadOnlyList<CellResult> CellResults { get; init; } = [];
}

/// <summary>What came of one code cell.</summary>
/// <param name="Number">Which code cell, from 1.</param>
/// <param name="Run">What came of it.</param>
public sealed record CellResult(int Number, CellRun Run);

/// <summary>What came of a render.</summary>
/// <param name="Site">Full path of the site.</param>
/// <param name="Notebooks">What came of each notebook that was asked for, in reading order.</param>
/// <param name="UsesRemotePlotly">Whether the pages link to a public copy of plotly.js because npm could not fetch it.</param>
public sealed record RenderResult(string Site, IReadOnlyList<NotebookResult> Notebooks, bool UsesRemotePlotly)
{
    /// <summary>How many failures there were.</summary>
    public int Failed => Notebooks.Sum(notebook => notebook.Failures.Count);

    /// <summary>The last line of a render: <c>2 notebooks, 61 cells, 0 failed</c>.</summary>
    public string Summary => $"{Notebooks.Count} notebooks, {Notebooks.Sum(notebook => notebook.Cells)} cells, {Failed} failed";
}
