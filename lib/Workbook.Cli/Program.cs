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
return CheckCommand.Refuses(arguments) ? CheckCommand.Refuse(arguments) : await arguments.InvokeAsync();
