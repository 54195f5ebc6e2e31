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

    private static readonly Option<int> Timeout = new("--timeout")
    {
        Description = "Seconds that one cell may take.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => (int)new RunOptions().CellTimeout.TotalSeconds,
    };

    public static Command Create()
    {
        AtLeastOne(Jobs);
        AtLeastOne(Timeout);
        var command = new Command("render", "Run all notebooks and publish the course site.") { Output, Only, NoCache, Engine, Jobs, Timeout };
        command.SetAction(RenderAsync);
        return command;
    }

    private static async Task<int> RenderAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            var options = Options(arguments);
            var renderer = new SiteRenderer(options);
            var result = await RenderScreen.ShowAsync(progress => renderer.RenderAsync(progress, cancellationToken));
            foreach (var failure in result.Notebooks.SelectMany(notebook => notebook.Failures))
                await Console.Error.WriteLineAsync(failure);
            if (result.UsesRemotePlotly)
                Console.WriteLine("npm could not fetch plotly.js, so the pages load it from a public address.");
            Console.WriteLine($"{Path.Combine(result.Site, "index.html")}");
            Console.WriteLine(result.Summary);
            return result.Failed == 0 ? 0 : Failed;
        }
        catch (Exception error) when (error is SiteException or EngineException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return NotTried;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted; the site is as it was.");
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
        Limits = new RunOptions { CellTimeout = TimeSpan.FromSeconds(arguments.GetValue(Timeout)) },
    };

    private static void AtLeastOne(Option<int> option) =>
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var number) && number < 1)
                result.AddError($"{option.Name} takes a number of at least 1, not {number}.");
        });
}
