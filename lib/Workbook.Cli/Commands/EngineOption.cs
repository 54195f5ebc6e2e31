using System.CommandLine;
using Workbook.Site.Running;

namespace Workbook.Cli.Commands;

/// <summary>The option <c>--engine</c> of what runs notebooks.</summary>
internal static class EngineOption
{
    internal static Option<string> Create()
    {
        var option = new Option<string>("--engine")
        {
            Description = "What runs the cells: own, or polyglot, which is .NET Interactive's kernel where its tool is installed.",
            HelpName = "NAME",
            DefaultValueFactory = _ => NotebookEngine.Names[0],
        };
        return option.AcceptOnlyFromAmong([.. NotebookEngine.Names]);
    }
}
