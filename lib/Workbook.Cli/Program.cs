using System.CommandLine;
using Workbook.Cli.Commands;

var root = new RootCommand("Runs and publishes the workbook for MIT 6.824.")
{
    RenderCommand.Create(),
    RunCommand.Create(),
    ServeCommand.Create(),
    ExportCommand.Create(),
    NodeCommand.Create(),
    CheckCommand.Create(),
};
var arguments = root.Parse(args);
// Who interrupts a render or a run waits at most so long until its notebooks have ended and what it began is cleared away.
return CheckCommand.Refuses(arguments) ? CheckCommand.Refuse(arguments)
    : BadArguments.AreIn(arguments) ? BadArguments.Refuse(arguments)
    : await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
