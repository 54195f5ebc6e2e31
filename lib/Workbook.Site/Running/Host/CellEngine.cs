using System.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Microsoft.DotNet.Interactive.Formatting;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Running.Host;

/// <summary>
/// C# scripting, made to behave as .NET Interactive's C# kernel does: its imports, its references, its way to show what a
/// cell ends with. Each cell continues from the state in which the one before has left things.
/// </summary>
internal sealed class CellEngine
{
    /// <summary>What .NET Interactive imports. One more, and a cell passes here that fails in the reader's editor.</summary>
    internal static readonly string[] Imports =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    private readonly CellStage _stage;
    private readonly NotebookReferences _references;
    private readonly SkippedCells _skipped = new();
    private ScriptOptions _options;
    private ScriptState<object> _state;

    private CellEngine(CellStage stage, NotebookReferences references, ScriptOptions options, ScriptState<object> state)
    {
        _stage = stage;
        _references = references;
        _options = options;
        _state = state;
    }

    /// <summary>Starts with an empty cell, so that the compiler is warm when the first real one comes.</summary>
    internal static async Task<CellEngine> StartAsync(string folder, CellStage stage)
    {
        var loader = new InteractiveAssemblyLoader();
        var references = new NotebookReferences(folder, loader);
        // As in .NET Interactive cells are not optimized: no function of the reader's disappears from a trace. The work is done in the library.
        var options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithOptimizationLevel(OptimizationLevel.Debug)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithMetadataResolver(references)
            .WithSourceResolver(new NotebookSources(folder))
            .AddImports(Imports)
            .AddImports(typeof(CellFunctions).FullName!)
            .AddReferences(
                typeof(Enumerable).Assembly, typeof(IEnumerable<>).Assembly, typeof(CellFunctions).Assembly, typeof(Formatter).Assembly,
                typeof(IHtmlContent).Assembly);
        // Formatters that a cell registers must be those that its values are shown with.
        loader.RegisterDependency(typeof(Formatter).Assembly);
        loader.RegisterDependency(typeof(CellFunctions).Assembly);
        var formatters = Task.Run(() => CellFunctions.Data(new { Warm = "up" }, [], withPlainText: false));
        var state = await CSharpScript.Create<object>("Console.Out.Flush(); 0", options, assemblyLoader: loader).RunAsync();
        await formatters;
        return new CellEngine(stage, references, options, state);
    }

    internal async Task<CellEnded> RunAsync(RunCell cell)
    {
        var name = $"cell {cell.Number}";
        var tree = CSharpSyntaxTree.ParseText(
            cell.Source, new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script), name);
        if (cell.SkipReason is { } reason)
            return Skip(tree, reason);
        if (Directives.Refuse(tree) is { } refusal)
            return Fail(tree, [refusal]);
        if (cell.Packages is { } packages)
        {
            if (NotebookReferences.Unusable(packages) is { } unusable)
                return Skip(tree, unusable);
            _options = _references.Add(packages, _options);
        }

        var script = _state.Script.ContinueWith<object>(cell.Source, _options.WithFilePath(name));
        var compilation = script.GetCompilation();
        var errors = script.Compile().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            return _skipped.ReasonToSkip(errors, cell.Tags) is { } inherited
                ? Skip(tree, inherited)
                : Fail(tree, CompilerErrors.From(compilation, errors));
        }

        _state = await script.RunFromAsync(_state, _ => true);
        if (_state.Exception is { } exception)
            return Fail(tree, [CellErrors.From(exception)]);
        if (FinalValue.IsIn(compilation) && _state.ReturnValue is not DisplayedValue)
            _stage.Show(CellFunctions.Data(_state.ReturnValue, [], _stage.WithPlainText));
        return new CellEnded(CellOutcome.Succeeded, null, []);
    }

    private CellEnded Skip(SyntaxTree tree, string reason)
    {
        _skipped.Remember(tree, reason);
        return new CellEnded(CellOutcome.Skipped, reason, []);
    }

    private CellEnded Fail(SyntaxTree tree, IReadOnlyList<ErrorOutput> errors)
    {
        _skipped.RememberFailure(tree);
        return new CellEnded(CellOutcome.Failed, CellErrors.Sentence(errors[0]), errors);
    }
}
