using Workbook.Site.Notebooks;
using Workbook.Site.Publishing;
using Workbook.Site.Running;
using Workbook.Site.Running.Packages;

namespace Workbook.Site.Exporting;

/// <summary>Writes a notebook as a file-based program of .NET 10, which <c>dotnet run NAME.cs</c> runs.</summary>
public static class NotebookExporter
{
    /// <summary>Makes the program. What can't be part of it stands there as a comment, with the reason, so that the rest compiles.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="options">Where the program will lie, and what it holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SiteException">The library has not been built, or is not in the repository.</exception>
    public static async Task<ExportedProgram> ExportAsync(Notebook notebook, ExportOptions options, CancellationToken cancellationToken = default)
    {
        var folder = Path.GetDirectoryName(notebook.Path)!;
        var cells = ExportedCell.Of(notebook, options.WithEcosystem);
        var libraries = new LibraryProjects(folder, options.Root, cells);
        await RestoreAsync(folder, cells, cancellationToken);
        new CellChain(folder, cells).Bind(cancellationToken);
        CellNames.Settle(cells);
        foreach (var cell in cells.Where(cell => cell.IsKept))
            CellCode.Write(cell);

        var program = new ProgramText(notebook, cells, libraries, options);
        var text = program.Write();
        // Each round leaves out at least one cell or one `using`.
        while (ProgramCheck.Blame(text, program, libraries, cells))
            text = program.Write();
        return new ExportedProgram(text, [.. libraries.Notices, .. cells.Where(cell => !cell.IsKept).Select(cell => cell.Notice)]);
    }

    /// <summary>Packages must be had here to tell what a cell's names mean; a cell whose package can't be had is left out.</summary>
    private static async Task RestoreAsync(string folder, IReadOnlyList<ExportedCell> cells, CancellationToken cancellationToken)
    {
        var kept = cells.Where(cell => cell.IsKept).ToList();
        if (!kept.Any(cell => cell.Packages.Count > 0))
            return;
        var plan = new RestorePlan([.. kept.Select(cell => cell.Cell)], new PackageRestore(folder, new RunOptions()), cancellationToken);
        foreach (var cell in kept)
        {
            if (plan.For(cell.Cell) is not { } restore)
                continue;
            var result = await restore.WaitAsync(cancellationToken);
            cell.PackageFiles = result.Packages?.Assemblies ?? [];
            if (result.Problem is { } problem)
                cell.LeaveOut(problem);
        }
    }
}
