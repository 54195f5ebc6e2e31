using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Workbook.Site.Notebooks;
using Workbook.Site.Running.Packages;

namespace Workbook.Site.Exporting;

/// <summary>A code cell on its way into a program: what it says, what its names mean, and what it becomes.</summary>
internal sealed class ExportedCell(Cell cell, int number)
{
    private const string EcosystemTag = "ecosystem";

    internal Cell Cell { get; } = cell;

    /// <summary>Which cell of the notebook, text cells counted, from 1.</summary>
    internal int Number { get; } = number;

    internal IReadOnlyList<PackageDirective> Packages { get; } = PackageDirective.In(cell.Source);

    /// <summary>Assemblies of its packages and of those that they need.</summary>
    internal IReadOnlyList<string> PackageFiles { get; set; } = [];

    /// <summary>The cell as a script; null before it is bound.</summary>
    internal CSharpCompilation? Script { get; set; }

    internal SyntaxTree Tree => Script!.SyntaxTrees[0];

    /// <summary>What its declarations are called in the program, by where they stand, when not as in the cell.</summary>
    internal Dictionary<(SyntaxTree, TextSpan), string> NewNames { get; set; } = [];

    /// <summary>Its statements, as they stand in the program.</summary>
    internal string Statements { get; set; } = "";

    /// <summary>Its types, which a program has at its end.</summary>
    internal string Types { get; set; } = "";

    /// <summary>Its extension methods, which a program has in a class of their own.</summary>
    internal string Extensions { get; set; } = "";

    /// <summary>Its <c>using</c> directives.</summary>
    internal IReadOnlyList<string> Usings { get; set; } = [];

    /// <summary>Why it is not in the program; null when it is.</summary>
    internal string? Reason { get; private set; }

    internal bool IsKept => Reason is null;

    internal string Notice => $"cell {Number} is left out: {Reason}";

    internal void LeaveOut(string reason) => Reason ??= reason.TrimEnd('.') + ".";

    internal static IReadOnlyList<ExportedCell> Of(Notebook notebook, bool withEcosystem)
    {
        var cells = notebook.Cells.Select((cell, index) => new ExportedCell(cell, index + 1)).Where(cell => cell.Cell.Kind == CellKind.Code).ToList();
        foreach (var cell in cells.Where(cell => !withEcosystem && cell.Cell.Tags.Contains(EcosystemTag)))
            cell.LeaveOut("it is one of the ecosystem, whose packages come from outside; --ecosystem keeps it");
        return cells;
    }
}
