using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Workbook.Site.Notebooks;
using Workbook.Site.Running;

namespace Workbook.Cli.Commands;

/// <summary><c>workbook run FILE</c>: runs one notebook and prints what its cells show.</summary>
internal static class RunCommand
{
    private const int BadInput = 2;
    private const int Interrupted = 130;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    internal static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The notebook, an .ipynb file." };
        var limits = new LimitOptions();
        var engine = EngineOption.Create();
        var json = new Option<bool>("--json") { Description = "Print a report as JSON instead of text." };
        var command = new Command(
            "run", "Run a notebook here and print what its cells show. Exit code: 0 no cell failed, 1 some did, 2 there was nothing to run, 130 interrupted.")
        {
            file, engine, json,
        };
        limits.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(file), parsed.GetValue(engine)!, limits.Read(parsed) with { WithPlainText = true }, parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string file, string engine, RunOptions options, bool asJson, CancellationToken cancellationToken)
    {
        // An interrupt is a cancellation only after the first await.
        await Task.Yield();
        try
        {
            var notebook = NotebookFile.Read(file);
            var run = NotebookEngine.Named(engine).Run;
            var result = asJson
                ? await run(notebook, options, null, cancellationToken)
                : await WatchAsync(notebook, run, options, cancellationToken);
            if (asJson)
                Console.WriteLine(JsonSerializer.Serialize(new { file, result.Failed, ElapsedSeconds = result.Elapsed.TotalSeconds, result.Cells }, Json));
            return result.Failed == 0 ? 0 : 1;
        }
        catch (Exception error) when (error is NotebookException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return BadInput;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted; the notebook's process and all that it started have ended.");
            return Interrupted;
        }
    }

    private static async Task<NotebookRun> WatchAsync(Notebook notebook, RunNotebook runNotebook, RunOptions options, CancellationToken cancellationToken)
    {
        if (Console.IsOutputRedirected)
            (AnsiConsole.Profile.Capabilities.Ansi, AnsiConsole.Profile.Width) = (false, int.MaxValue / 2);
        var transcript = new RunTranscript(AnsiConsole.Console);
        var run = AnsiConsole.Profile.Capabilities.Interactive
            ? await AnsiConsole.Status().StartAsync(notebook.Name, status => runNotebook(
                notebook, options, new Reporter(transcript, text => status.Status(Markup.Escape(text))), cancellationToken))
            : await runNotebook(notebook, options, new Reporter(transcript, _ => { }), cancellationToken);
        transcript.Summary(notebook, run);
        return run;
    }

    /// <summary>Passes news on as they come; <see cref="Progress{T}"/> would post them elsewhere, in any order.</summary>
    private sealed class Reporter(RunTranscript transcript, Action<string> status) : IProgress<CellProgress>
    {
        public void Report(CellProgress value)
        {
            if (value.Run is { } run)
                transcript.Cell(value, run);
            else
                status($"cell {value.Index + 1} of {value.Count}{(value.Note is { } note ? $": {note}" : "")}");
        }
    }
}
