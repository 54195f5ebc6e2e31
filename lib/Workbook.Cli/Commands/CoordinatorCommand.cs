using System.CommandLine;
using Workbook.MapReduce;
using Workbook.MapReduce.Real;

namespace Workbook.Cli.Commands;

/// <summary><c>workbook node coordinator</c>: hands a job's tasks to worker processes until its output is in place.</summary>
internal static class CoordinatorCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private static readonly Option<string> App = new("--app")
    {
        Description = $"The job: {string.Join(", ", JobCatalog.BuiltIn.Names)}, or one of --apps-from.",
        HelpName = "NAME",
        Required = true,
    };

    private static readonly Option<int> Reducers = new("--reducers") { Description = "How many reduce tasks, and output files.", HelpName = "R", DefaultValueFactory = _ => 4 };
    private static readonly Option<string> Output = new("--output", "-o") { Description = "The output folder: new, or empty.", HelpName = "DIR", Required = true };
    private static readonly Option<int> Port = new("--listen") { Description = "The port of 127.0.0.1 to listen on; 0 takes any that is free.", HelpName = "PORT" };
    private static readonly Option<long?> SplitSize = new("--split-size") { Description = "About how many bytes of a file a map task gets.", HelpName = "BYTES" };
    private static readonly Option<string?> AppsFrom = NodeCommand.AppsFrom();
    private static readonly LiveTimes Standard = new();
    private static readonly Option<double> WorkerTimeout = NodeCommand.Seconds("--worker-timeout", "How long a worker is silent before it is taken for dead.", Standard.WorkerTimeout);
    private static readonly Option<double> BackupAfter = NodeCommand.Seconds("--backup-after", "How long a task runs before an idle worker runs it too.", Standard.BackupAfter);
    private static readonly Argument<string[]> Files = new("files") { Description = "The input files.", Arity = ArgumentArity.OneOrMore };

    public static Command Create()
    {
        var command = new Command("coordinator", "Hand a MapReduce job's tasks to worker processes until its output is in place; exit code 0 when it is.")
        {
            App, Reducers, Output, Port, SplitSize, AppsFrom, WorkerTimeout, BackupAfter, Files,
        };
        command.SetAction((arguments, cancellation) => NodeCommand.RunAsync(() => RunAsync(arguments, cancellation), "Interrupted; there is no output."));
        return command;
    }

    /// <summary>What says the job: for another command that starts a coordinator.</summary>
    internal static IReadOnlyList<Symbol> JobSymbols { get; } = [App, Reducers, Output, SplitSize, AppsFrom, WorkerTimeout, BackupAfter, Files];

    /// <summary>The same, as it stands on the command line.</summary>
    internal static IReadOnlyList<string> Spelled(ParseResult arguments) =>
    [
        .. JobSymbols.OfType<Option>().SelectMany(option =>
            arguments.GetResult(option) is { Implicit: false, Tokens: [var value] } ? new[] { option.Name, value.Value } : []),
        "--", .. arguments.GetRequiredValue(Files),
    ];

    /// <summary>Where its jobs come from, for the workers too.</summary>
    internal static IReadOnlyList<string> AppsOption(ParseResult arguments) =>
        arguments.GetValue(AppsFrom) is { } library ? [AppsFrom.Name, library] : [];

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var options = Options(arguments);
        using var coordinator = new CoordinatorNode(options);
        Console.WriteLine(CoordinatorLine.Of(coordinator, options.Reducers));
        Console.WriteLine($"start workers with: workbook node worker --coordinator {coordinator.Address}");
        var job = coordinator.RunAsync(cancellation);
        await ShowProgress(coordinator, options.Reducers, job);
        Console.WriteLine(await job);
        return 0;
    }

    private static CoordinatorNodeOptions Options(ParseResult arguments) =>
        new(arguments.GetRequiredValue(App), arguments.GetRequiredValue(Files), arguments.GetRequiredValue(Output))
        {
            Reducers = arguments.GetValue(Reducers),
            Port = arguments.GetValue(Port),
            SplitSize = arguments.GetValue(SplitSize),
            Jobs = NodeCommand.Jobs(arguments.GetValue(AppsFrom)),
            Times = Standard with
            {
                WorkerTimeout = TimeSpan.FromSeconds(arguments.GetValue(WorkerTimeout)),
                BackupAfter = TimeSpan.FromSeconds(arguments.GetValue(BackupAfter)),
            },
            Log = Console.WriteLine,
        };

    /// <summary>Prints how far the job is, whenever that has changed.</summary>
    private static async Task ShowProgress(CoordinatorNode coordinator, int reducers, Task job)
    {
        var shown = "";
        while (!job.IsCompleted)
        {
            var now = $"{coordinator.MapsDone} of {coordinator.Maps} map tasks, {coordinator.ReducesDone} of {reducers} reduce tasks";
            if (now != shown) Console.WriteLine(shown = now);
            await Task.WhenAny(job, Task.Delay(LookEvery));
        }
    }
}
