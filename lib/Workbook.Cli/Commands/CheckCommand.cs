using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Workbook.Check;

namespace Workbook.Cli.Commands;

/// <summary><c>workbook check FILE</c>: whether the history in a file is linearizable.</summary>
/// <remarks>
/// The first word printed is yes, no, unknown or error, and the exit code says the same: scripts need no more than one of them. So what is
/// wrong on the command line is an error of this kind too.
/// </remarks>
internal static class CheckCommand
{
    private const int BadInput = 3;
    private const int Interrupted = 130;

    private static readonly Argument<string> File = new("FILE") { Description = "The history: a drawing, a log of Jepsen's, EDN or JSON. - reads standard input." };

    private static readonly Option<string?> ModelName = new("--model")
    {
        Description = $"What the object does: {string.Join(", ", Model.All.Select(model => model.Name))}. Default: guessed from the functions.",
        HelpName = "NAME",
    };

    private static readonly Option<string> Timeout = new("--timeout")
    {
        Description = "How long to search before the answer is unknown: 500ms, 30s, 2m.",
        HelpName = "TIME",
        DefaultValueFactory = _ => "30s",
    };

    private static readonly Option<string?> Html = new("--html") { Description = "Write the drawing to this file, as a page that stands by itself.", HelpName = "OUT" };

    public static Command Create()
    {
        var command = new Command("check", "Say whether the history in a file is linearizable; exit code 0 yes, 1 no, 2 unknown, 3 bad input.")
        {
            File, ModelName, Timeout, Html,
        };
        command.SetAction((arguments, cancellation) => RunAsync(arguments, cancellation));
        return command;
    }

    /// <summary>What is wrong on the command line of this command is bad input; of all others it is what the parser makes of it.</summary>
    public static bool Refuses(ParseResult arguments) => arguments is { Action: ParseErrorAction, CommandResult.Command.Name: "check" };

    public static int Refuse(ParseResult arguments) => Error(arguments.Errors[0].Message);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        try
        {
            var model = Named(arguments.GetValue(ModelName));
            var limits = new SearchLimits { Time = Length(arguments.GetValue(Timeout)!) };
            var input = new HistoryFile(arguments.GetRequiredValue(File));
            using var page = arguments.GetValue(Html) is { } path ? VerdictPage.At(path, input) : null;
            var history = History.Parse(await input.ReadAsync(cancellation));
            var verdict = await Task.Run(() => history.IsLinearizable(model, limits), cancellation).WaitAsync(cancellation);
            if (verdict.IsRefused) return Error($"{input.Name}, {verdict.Reason}");
            Console.WriteLine(Said(verdict));
            var isWritten = page?.Write(verdict, input.Name) ?? true;
            return !isWritten ? BadInput : verdict.Verdict switch { Verdict.Yes => 0, Verdict.No => 1, _ => 2 };
        }
        catch (HistoryFormatException error)
        {
            return Error($"{HistoryFile.NameOf(arguments.GetRequiredValue(File))}, {error.Message}");
        }
        catch (CheckInputException error)
        {
            return Error(error.Message);
        }
        catch (OutOfMemoryException)
        {
            return Error($"{HistoryFile.NameOf(arguments.GetRequiredValue(File))} is too large for the memory of this machine; cut it, by keys for example.");
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted; nothing was written.");
            return Interrupted;
        }
    }

    private static string Said(Linearizability verdict)
    {
        var operations = verdict.History.Operations.Count;
        var clients = verdict.History.Clients.Count;
        var what = string.Create(CultureInfo.InvariantCulture, $"{operations:N0} operation{(operations == 1 ? "" : "s")} of {clients:N0} client{(clients == 1 ? "" : "s")}, model {verdict.Model?.Name}");
        var (word, text) = verdict.ToString().Split(": ", 2) is [var first, var rest] ? (first, rest) : (verdict.ToString(), "");
        return $"{word} ({what})\n{text}".TrimEnd();
    }

    private static Model? Named(string? name) => name is null ? null
        : Model.Named(name)
        ?? throw new CheckInputException($"There is no model '{name}'; there are {string.Join(", ", Model.All.Select(model => model.Name))}.");

    private static TimeSpan Length(string text)
    {
        var number = text.TrimEnd('s', 'm', 'h');
        double? unit = text[number.Length..] switch { "ms" => 0.001, "" or "s" => 1, "m" => 60, "h" => 3600, _ => null };
        var isNumber = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count);
        return isNumber && unit is { } seconds && count * seconds is > 0 and <= 86_400
            ? TimeSpan.FromSeconds(count * seconds)
            : throw new CheckInputException($"--timeout takes a length of time above 0 and at most a day, such as 500ms, 30s or 2m, not '{text}'.");
    }

    private static int Error(string sentence)
    {
        Console.WriteLine($"error {sentence}");
        return BadInput;
    }
}

/// <summary>A file or an option that cannot be used; the message is one sentence that says what to do.</summary>
internal sealed class CheckInputException(string message) : Exception(message);
