using System.CommandLine;
using Workbook.MapReduce.Real;

namespace Workbook.Cli.Commands;

/// <summary><c>workbook node job</c>: a coordinator and its workers at once, each a process of its own; a worker that dies is followed by another.</summary>
internal static class NodeJobCommand
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(1);

    private static readonly Option<int> Workers = new("--workers") { Description = "How many workers.", HelpName = "N", DefaultValueFactory = _ => 3 };

    public static Command Create()
    {
        var command = new Command("job", "Run a MapReduce job with a coordinator and workers that are processes here; kill them and see.") { Workers };
        foreach (var symbol in CoordinatorCommand.JobSymbols)
        {
            if (symbol is Option option) command.Add(option);
            if (symbol is Argument argument) command.Add(argument);
        }

        command.SetAction((arguments, cancellation) => NodeCommand.RunAsync(() => RunAsync(arguments, cancellation), "Interrupted; there is no output."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using var cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions(ThisProgram(), CoordinatorCommand.Spelled(arguments))
            {
                Workers = arguments.GetValue(Workers),
                Worker = CoordinatorCommand.AppsOption(arguments),
                Log = Console.WriteLine,
            },
            cancellation);
        try
        {
            var exitCode = await cluster.Ended.WaitAsync(cancellation);

            // They go home by themselves. One that came too late to hear that the job is over would wait for it longer than a reader likes to.
            await Task.WhenAny(cluster.AllEnded(), Task.Delay(TimeToEnd, cancellation));
            return exitCode;
        }
        catch (OperationCanceledException)
        {
            // The coordinator was interrupted too, if it was by the keyboard, and tidies up.
            await Task.WhenAny(cluster.Ended, Task.Delay(TimeToEnd, CancellationToken.None));
            throw;
        }
    }

    private static IReadOnlyList<string> ThisProgram()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, typeof(NodeJobCommand).Assembly.Location] : [program];
    }
}
