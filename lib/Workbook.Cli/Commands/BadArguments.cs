using System.CommandLine;
using System.CommandLine.Invocation;

namespace Workbook.Cli.Commands;

/// <summary>What is wrong on the command line: one sentence, and an exit code that no run of notebooks has.</summary>
internal static class BadArguments
{
    private const int NotTried = 2;

    /// <summary>Whether the command line can't be understood; commands whose exit codes mean something else are left to the parser.</summary>
    public static bool AreIn(ParseResult arguments) =>
        arguments is { Action: ParseErrorAction, CommandResult.Command: { Name: not "check" } command }
        && !command.Parents.Any(parent => parent.Name == "node");

    public static int Refuse(ParseResult arguments)
    {
        var help = arguments.CommandResult.Command is RootCommand ? "workbook --help" : $"workbook {arguments.CommandResult.Command.Name} --help";
        Console.Error.WriteLine($"{arguments.Errors[0].Message} `{help}` tells what can be said.");
        return NotTried;
    }
}
