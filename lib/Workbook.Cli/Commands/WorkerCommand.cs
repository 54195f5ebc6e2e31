using System.CommandLine;
using Workbook.MapReduce.Real;

namespace Workbook.Cli.Commands;

/// <summary><c>workbook node worker</c>: runs tasks for a coordinator until its job is over.</summary>
internal static class WorkerCommand
{
    private static readonly Option<string> Coordinator = new("--coordinator") { Description = "The address that the coordinator prints.", HelpName = "ADDRESS", Required = true };
    private static readonly Option<string?> Folder = new("--folder") { Description = "Where the worker keeps its map output, in a folder of its own that goes away with it.", HelpName = "DIR" };
    private static readonly Option<string?> AppsFrom = NodeCommand.AppsFrom();
    private static readonly LiveTimes Standard = new();
    private static readonly Option<double> GiveUpAfter = NodeCommand.Seconds("--give-up-after", "How long the coordinator is silent before the worker leaves.", Standard.GiveUpAfter);

    public static Command Create()
    {
        var command = new Command("worker", "Run map and reduce tasks for a coordinator until its job is over.") { Coordinator, Folder, AppsFrom, GiveUpAfter };
        command.SetAction((arguments, cancellation) => NodeCommand.RunAsync(() => RunAsync(arguments, cancellation), "Interrupted; the worker's tasks run again elsewhere."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        using var worker = new WorkerNode(new WorkerNodeOptions(arguments.GetRequiredValue(Coordinator))
        {
            Folder = arguments.GetValue(Folder),
            Jobs = NodeCommand.Jobs(arguments.GetValue(AppsFrom)),
            Times = Standard with { GiveUpAfter = TimeSpan.FromSeconds(arguments.GetValue(GiveUpAfter)) },
            Log = Console.WriteLine,
        });
        Console.WriteLine($"worker at {worker.Address}, process {Environment.ProcessId}");
        await worker.RunAsync(cancellation);
        return 0;
    }
}
