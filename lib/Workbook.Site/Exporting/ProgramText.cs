using System.Text;
using Workbook.Site.Notebooks;
using Workbook.Site.Pages;
using Workbook.Site.Running.Host;

namespace Workbook.Site.Exporting;

/// <summary>The whole program: what it is built with, what it uses, the notebook's cells in order, and their types at the end.</summary>
internal sealed class ProgramText(Notebook notebook, IReadOnlyList<ExportedCell> cells, LibraryProjects libraries, ExportOptions options)
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Line, int? Cell, string? Using)> _origins = [];
    private readonly HashSet<string> _noUsings = [];
    private readonly string _outputFolder = Path.GetDirectoryName(Path.GetFullPath(options.Output))!;

    internal string Write()
    {
        _text.Clear();
        _origins.Clear();
        WriteHead();
        foreach (var cell in notebook.Cells)
        {
            if (cell.Kind == CellKind.Code)
                WriteCell(cells.Single(one => one.Cell == cell));
            else
                Put(MarkdownComment.Of(cell.Source) + "\n", null);
        }
        WriteEnd();
        return _text.ToString().TrimEnd() + "\n";
    }

    /// <summary>Which cell, or which <c>using</c>, a line of the program came from.</summary>
    internal (int? Cell, string? Using) Origin(int line)
    {
        var origin = _origins.FindLast(origin => origin.Line <= line);
        return (origin.Cell, origin.Using);
    }

    /// <summary>Takes a <c>using</c> out whose namespace is in a library that the program can't have.</summary>
    internal void LeaveOut(string directive) => _noUsings.Add(directive);

    private void WriteHead()
    {
        var name = Path.GetFileName(options.Output);
        var kept = cells.Where(cell => cell.IsKept).ToList();
        Put($"""
            // {Path.GetFileName(notebook.Path)} as a program, made by `workbook export`.
            // Run it with: dotnet run {name}
            // Pictures open in the browser at the end; `dotnet run {name} -- --no-browser` only says where they are.

            """, null);
        foreach (var project in libraries.Projects)
            Put($"#:project {FromOutput(project)}\n", null);
        var packages = kept.SelectMany(cell => cell.Packages).DistinctBy(package => package.Name, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var package in packages)
            Put($"#:package {package.Name}@{package.Version ?? "*"}\n", null);
        // As scripts are compiled; and what the repository asks of its own projects is not asked of a reader's program.
        string[] properties = ["ImplicitUsings=disable", "Nullable=disable", "PublishAot=false", "TreatWarningsAsErrors=false", "RunAnalyzers=false",
            "NoWarn=$(NoWarn);CS0164;CS0168;CS0169;CS0219;CS0649;CS1591;CS1998;CS4014;CS8321;CS8632",
            .. packages.Count > 0 ? ["ManagePackageVersionsCentrally=false"] : (string[])[]];
        foreach (var property in properties)
            Put($"#:property {property}\n", null);
        var imports = CellEngine.Imports.Select(import => $"using {import};").ToList();
        var usings = kept.SelectMany(cell => cell.Usings).Except(imports).Distinct().Where(one => !_noUsings.Contains(one));
        foreach (var directive in imports.Concat(usings.Order(UsingOrder.Instance)))
            Put($"{directive}\n", null, directive);
        Put($"""

            // Paths in cells start at the notebook's folder.
            Environment.CurrentDirectory = System.IO.Path.GetFullPath({Literal(FromOutput(Path.GetDirectoryName(notebook.Path)!))},
                (string)AppContext.GetData("EntryPointFileDirectoryPath") ?? Environment.CurrentDirectory);
            using var {CellCode.Gallery} = new Workbook.Draw.Gallery({Literal(Title())}, args);


            """, null);
    }

    private void WriteCell(ExportedCell cell)
    {
        if (cell.IsKept)
        {
            var code = cell.Statements.Trim('\n', ' ');
            if (code.Length > 0)
                Put(code.TrimEnd() + "\n\n", cell.Number);
            return;
        }
        Put($"// Left out: {cell.Reason}\n", null);
        foreach (var line in cell.Cell.Source.TrimEnd().Split('\n'))
            Put($"//     {line}".TrimEnd() + "\n", null);
        Put("\n", null);
    }

    private void WriteEnd()
    {
        foreach (var cell in cells.Where(cell => cell.IsKept && cell.Types.Trim().Length > 0))
            Put(cell.Types.Trim('\n').TrimEnd() + "\n\n", cell.Number);
        foreach (var cell in cells.Where(cell => cell.IsKept && cell.Extensions.Trim().Length > 0))
            Put($"static class ExtensionsOfCell{cell.Number}\n{{\n{cell.Extensions.Trim('\n').TrimEnd()}\n}}\n\n", cell.Number);
    }

    private void Put(string text, int? cell, string? directive = null)
    {
        _origins.Add((_text.ToString().Count(letter => letter == '\n'), cell, directive));
        _text.Append(text.ReplaceLineEndings("\n"));
    }

    private string Title() => LectureReader.Card(notebook, new NotebookRun([], TimeSpan.Zero)).Title;

    private string FromOutput(string path) => Path.GetRelativePath(_outputFolder, path).Replace('\\', '/');

    private static string Literal(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>Namespaces before <c>using static</c> and names given, which must stand last.</summary>
    private sealed class UsingOrder : IComparer<string>
    {
        internal static readonly UsingOrder Instance = new();

        public int Compare(string? one, string? other) =>
            Rank(one).CompareTo(Rank(other)) is var rank and not 0 ? rank : string.CompareOrdinal(one?.TrimEnd(';'), other?.TrimEnd(';'));

        private static int Rank(string? directive) => directive!.Contains('=', StringComparison.Ordinal) ? 2
            : directive.StartsWith("using static", StringComparison.Ordinal) ? 1 : 0;
    }
}
