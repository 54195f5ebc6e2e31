using System.CommandLine;
using Workbook.Live;
using Workbook.MapReduce;

namespace Workbook.Cli.Commands;

/// <summary><c>workbook node …</c>: runs one node of the library for real, as a process on this machine.</summary>
internal static class NodeCommand
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    public static Command Create() => new("node", "Run one node of the library as a process of its own: MapReduce's coordinator or a worker.")
    {
        CoordinatorCommand.Create(),
        WorkerCommand.Create(),
        NodeJobCommand.Create(),
    };

    /// <summary>Runs a node; what went wrong is one sentence on standard error.</summary>
    internal static async Task<int> RunAsync(Func<Task<int>> node, string whenInterrupted)
    {
        try
        {
            return await node();
        }
        catch (Exception error) when (error is MapReduceException or LiveNodeException or IOException or ArgumentException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(whenInterrupted);
            return Interrupted;
        }
    }

    internal static JobCatalog Jobs(string? library) => library is null ? JobCatalog.BuiltIn : JobCatalog.BuiltIn.With(library);

    internal static Option<string?> AppsFrom() => new("--apps-from")
    {
        Description = "A .NET library with jobs of your own; give it to the coordinator and to the workers.",
        HelpName = "DLL",
    };

    internal static Option<double> Seconds(string name, string description, TimeSpan standard)
    {
        var option = new Option<double>(name) { Description = description, HelpName = "SECONDS", DefaultValueFactory = _ => standard.TotalSeconds };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 86_400)) result.AddError($"{name} takes a number of seconds above 0, at most a day (86400).");
        });
        return option;
    }
}
