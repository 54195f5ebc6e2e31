using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Site.Exporting;

/// <summary>Compiles an exported program, and finds which cell is to blame when that fails: the reader is to get a program that runs.</summary>
internal static class ProgramCheck
{
    /// <summary>Leaves out what does not compile.</summary>
    /// <returns>Whether there was anything, so that the program must be written anew.</returns>
    internal static bool Blame(string text, ProgramText program, LibraryProjects libraries, IReadOnlyList<ExportedCell> cells)
    {
        var errors = Compile(text, libraries.Files.Concat(cells.Where(cell => cell.IsKept).SelectMany(cell => cell.PackageFiles)))
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location.IsInSource).ToList();
        // A namespace that is not there makes every cell wrong, so that comes first.
        var usings = errors.Select(error => program.Origin(LineOf(error)).Using).OfType<string>().ToList();
        usings.ForEach(program.LeaveOut);
        if (usings.Count > 0)
            return true;
        // The first cell that is wrong may be what makes later ones wrong.
        foreach (var error in errors.OrderBy(LineOf))
        {
            if (program.Origin(LineOf(error)).Cell is { } number && cells.Single(cell => cell.Number == number) is { IsKept: true } cell)
            {
                cell.LeaveOut(CellChain.FirstError([error])!.Replace("it does not compile", "as part of a program it does not compile", StringComparison.Ordinal));
                return true;
            }
        }
        return false;
    }

    /// <summary>What the compiler says of a program.</summary>
    internal static IReadOnlyList<Diagnostic> Compile(string text, IEnumerable<string> libraries)
    {
        // With this feature the compiler passes over `#:` directives, which are for `dotnet run`.
        var parsing = new CSharpParseOptions(LanguageVersion.Latest).WithFeatures([new("FileBasedProgram", "true")]);
        var references = Framework.References.Concat(libraries.Distinct().Select(Framework.Reference));
        return CSharpCompilation.Create(
            "program", [CSharpSyntaxTree.ParseText(text, parsing)], references, new CSharpCompilationOptions(OutputKind.ConsoleApplication)).GetDiagnostics();
    }

    private static int LineOf(Diagnostic error) => error.Location.GetLineSpan().StartLinePosition.Line;
}
