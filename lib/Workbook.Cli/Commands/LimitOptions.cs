using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Workbook.Site.Running;

namespace Workbook.Cli.Commands;

/// <summary>What a notebook may use, as options of the commands that run notebooks.</summary>
internal sealed class LimitOptions
{
    private const long LeastMemory = 128 << 20;
    private const long MostMemory = 1L << 40;

    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    private readonly Option<TimeSpan> _cell = new("--timeout")
    {
        Description = $"How long one cell may take: 90, 90s, 1.5m. Default: {new RunOptions().CellTimeout.TotalSeconds:0}s.",
        HelpName = "TIME",
        CustomParser = Time,
        DefaultValueFactory = _ => new RunOptions().CellTimeout,
    };

    private readonly Option<TimeSpan> _notebook = new("--notebook-timeout")
    {
        Description = "How long all cells of a notebook may take together. Default: no limit but that of its cells.",
        HelpName = "TIME",
        CustomParser = Time,
    };

    private readonly Option<long> _memory = new("--memory")
    {
        Description = "How much memory a notebook may hold, with the programs that it starts: 512M, 2G. "
            + $"Default: {ByteSize.Text(new RunOptions().MemoryLimitBytes)}.",
        HelpName = "SIZE",
        CustomParser = Size,
        DefaultValueFactory = _ => new RunOptions().MemoryLimitBytes,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_cell);
        command.Add(_notebook);
        command.Add(_memory);
    }

    /// <summary>The limits that a command line asks for.</summary>
    public RunOptions Read(ParseResult arguments) => new()
    {
        CellTimeout = arguments.GetValue(_cell),
        NotebookTimeout = arguments.GetResult(_notebook) is { Implicit: false } ? arguments.GetValue(_notebook) : null,
        MemoryLimitBytes = arguments.GetValue(_memory),
    };

    private static TimeSpan Time(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var number = text.TrimEnd('s', 'm', 'h');
        double? unit = text[number.Length..] switch { "ms" => 0.001, "" or "s" => 1, "m" => 60, "h" => 3600, _ => null };
        if (unit is { } seconds && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * seconds > 0 && count * seconds <= LongestTime.TotalSeconds)
            return TimeSpan.FromSeconds(count * seconds);
        result.AddError($"{Name(result)} takes a length of time above 0 and at most a day, such as 90, 90s or 2m, not '{text}'.");
        return default;
    }

    private static long Size(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (ByteSize.Parse(text) is { } bytes and >= LeastMemory and <= MostMemory)
            return bytes;
        result.AddError($"{Name(result)} takes an amount of memory from 128M to 1T, such as 512M or 2G, not '{text}'.");
        return default;
    }

    private static string Name(ArgumentResult result) => ((OptionResult)result.Parent!).Option.Name;
}
