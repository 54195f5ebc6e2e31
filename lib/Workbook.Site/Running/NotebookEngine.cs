using Workbook.Site.Notebooks;
using Workbook.Site.Running.Polyglot;

namespace Workbook.Site.Running;

/// <summary>Runs one notebook; <see cref="NotebookRunner.RunAsync"/> is the one that does it here.</summary>
public delegate Task<NotebookRun> RunNotebook(
    Notebook notebook, RunOptions options, IProgress<CellProgress>? progress, CancellationToken cancellationToken);

/// <summary>What runs notebooks: this program's own runner, or .NET Interactive itself.</summary>
/// <param name="Key">Tells this engine, in this version, from others: what they make of a notebook may differ.</param>
/// <param name="Run">Runs a notebook.</param>
public sealed record NotebookEngine(string Key, RunNotebook Run)
{
    /// <summary>The runner of this program.</summary>
    public static NotebookEngine Own { get; } = new("", NotebookRunner.RunAsync);

    /// <summary>The C# kernel of .NET Interactive, where its tool is installed.</summary>
    /// <exception cref="EngineException">It is not.</exception>
    public static NotebookEngine Polyglot()
    {
        var tool = InteractiveTool.Find();
        return new(tool.Key, new PolyglotRunner(tool).RunAsync);
    }

    /// <summary>The names by which engines are chosen.</summary>
    public static IReadOnlyList<string> Names { get; } = ["own", "polyglot"];

    /// <summary>The engine with a name.</summary>
    /// <exception cref="EngineException">There is none, or it is not installed.</exception>
    public static NotebookEngine Named(string name) => name switch
    {
        "own" => Own,
        "polyglot" => Polyglot(),
        _ => throw new EngineException($"There is no engine {name}; there are {string.Join(" and ", Names)}."),
    };
}

/// <summary>An engine that can't be used. The message is one sentence: what is missing, and what to do.</summary>
public sealed class EngineException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
