using System.CommandLine;
using Workbook.Site.Publishing;
using Workbook.Site.Running;

namespace Workbook.Cli.Commands;

/// <summary><c>workbook render</c>: runs the notebooks and publishes the course site.</summary>
internal static class RenderCommand
{
    private const int Failed = 1;
    private const int NotTried = 2;
    private const int Interrupted = 130;
    private const int MostJobs = 256;

    private static readonly Option<string?> Output = new("--output", "-o") { Description = "The site's folder. Default: site in the repository.", HelpName = "DIR" };
    private static readonly Option<string[]> Only = new("--only") { Description = "Run only this notebook; the other pages stay. May be given again.", HelpName = "NAME" };
    private static readonly Option<bool> NoCache = new("--no-cache") { Description = "Run everything again, also what has not changed." };

    private static readonly Option<string> Engine = EngineOption.Create();

    private static readonly Option<int> Jobs = new("--jobs", "-j")
    {
        Description = "How many notebooks run at once. Default: one a core.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "Write what came of it to this file, as JSON, whatever came of it.",
        HelpName = "FILE",
    };

    private static readonly LimitOptions Limits = new();

    public static Command Create()
    {
        Jobs.Validators.Add(result =>
        {
            if (result is { Tokens: [{ Value: var text }] } && !(int.TryParse(text, out var number) && number is >= 1 and <= MostJobs))
                result.AddError($"--jobs takes a whole number from 1 to {MostJobs}, not '{text}'.");
        });
        var command = new Command(
            "render", "Run all notebooks and publish the course site. "
            + "Exit code: 0 no cell failed, 1 some did, 2 nothing was tried or could be written, 130 interrupted.")
        {
            Output, Only, NoCache, Engine, Jobs, Report,
        };
        Limits.AddTo(command);
        command.SetAction(RenderAsync);
        return command;
    }

    private static async Task<int> RenderAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        // From here on an interrupt is a cancellation; before the first await it would still end the program as it stands.
        await Task.Yield();
        ReportFile? report = null;
        try
        {
            report = arguments.GetValue(Report) is { } file ? ReportFile.Begin(file) : null;
            var renderer = new SiteRenderer(Options(arguments));
            var result = await RenderScreen.ShowAsync(progress => renderer.RenderAsync(report?.Watch(progress) ?? progress, cancellationToken));
            foreach (var failure in result.Notebooks.SelectMany(notebook => notebook.Failures))
                await Console.Error.WriteLineAsync(RenderScreen.Harmless(failure));
            if (result.UsesRemotePlotly)
                Console.WriteLine("npm could not fetch plotly.js, so the pages load it from a public address.");
            Console.WriteLine($"{Path.Combine(result.Site, "index.html")}");
            Console.WriteLine(result.Summary);
            report?.End(result);
            return result.Failed == 0 ? 0 : Failed;
        }
        catch (Exception error) when (error is SiteException or EngineException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            report?.Abandon(RenderOutcome.NotTried, error.Message);
            return NotTried;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted; the site is as it was.");
            report?.Abandon(RenderOutcome.Interrupted, "Interrupted; the site is as it was.");
            return Interrupted;
        }
    }

    private static RenderOptions Options(ParseResult arguments) => new()
    {
        Root = RenderOptions.FindRoot(Environment.CurrentDirectory),
        Output = arguments.GetValue(Output),
        Only = arguments.GetValue(Only) ?? [],
        IgnoresCache = arguments.GetValue(NoCache),
        Engine = NotebookEngine.Named(arguments.GetValue(Engine)!),
        Jobs = arguments.GetValue(Jobs),
        TellsCells = arguments.GetValue(Report) is not null,
        Limits = Limits.Read(arguments),
    };
}
