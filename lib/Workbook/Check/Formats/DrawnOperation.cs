namespace Workbook.Check;

/// <summary>
/// What stands in a bar. As in the lecture <c>Wx1</c> writes 1 to x and <c>Rx1</c> reads 1 from it; besides, <c>Ax1</c> appends, and <c>Cx1→2</c>
/// (or <c>Cx1>2</c>) sets x from 1 to 2, <c>Cx1>2=false</c> finds that it is not 1. A name and a value that both have letters, or both digits, are
/// parted by an equals sign: <c>Wx=a</c>, <c>Rk1=5</c>. A value in quotes may hold anything. Every other function is written as a call:
/// <c>enqueue(q, 1)</c>, <c>dequeue(q) = 1</c>, <c>acquire(m)</c>. A question mark at the end says that the client gave up waiting there.
/// </summary>
internal readonly struct DrawnOperation(string label, int line)
{
    public Operation ToOperation(string client, long invoked, long returned, bool isClosed)
    {
        var given = label.EndsWith('?') ? label[..^1].TrimEnd() : label;
        var isKnown = isClosed && given.Length == label.Length;
        var operation = new Operation(client, "", invoked, returned) { Outcome = isKnown ? Outcome.Ok : Outcome.Unknown };
        return given.IndexOf('(') > 0 ? Call(operation, given) : Letter(operation, given);
    }

    private Operation Letter(Operation operation, string given)
    {
        var function = given.Length == 0 ? "" : given[0] switch { 'W' => "write", 'R' => "read", 'A' => "append", 'C' => "cas", _ => "" };
        if (function.Length == 0)
        {
            throw new HistoryFormatException(line, $"'{Texts.Shown(label)}' in a bar is no operation; write Wx1 (write), Rx1 (read), Ax1 (append), Cx1>2 (compare-and-set), "
                + "or a call such as enqueue(q, 1).");
        }

        var (key, value) = Parts(given[1..]);
        operation = operation with { Function = function, Key = key };
        return function switch
        {
            "read" => operation with { Result = operation.Outcome == Outcome.Ok ? Read(value) : null },
            "cas" => CompareAndSet(operation, value ?? ""),
            _ => operation with { Argument = value is null or "" ? throw Missing("no value", "Wx1") : Text(value) },
        };
    }

    private string? Read(string? value) => value switch
    {
        null => throw Missing("no value that was read", "Rx1, or Rxnil if nothing was there"),
        "nil" => null,
        _ => Text(value),
    };

    private Operation CompareAndSet(Operation operation, string value)
    {
        var answer = "true";
        if (value.LastIndexOf('=') is var equals and > 0) (value, answer) = (value[..equals], value[(equals + 1)..].Trim());
        var parts = value.Split('→', '>');
        if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0 || answer is not ("true" or "false"))
            throw Missing("not what a compare-and-set expects and sets", "Cx1>2, or Cx1>2=false if it found another value");
        return operation with
        {
            Expected = parts[0] == "nil" ? null : Text(parts[0]),
            Argument = Text(parts[1]),
            Result = operation.Outcome == Outcome.Ok ? answer : null,
        };
    }

    /// <summary>The name of the register and the value: <c>x1</c>, <c>x=a</c>, <c>k1=5</c>, <c>xnil</c>; the name may be missing.</summary>
    private static (string? Key, string? Value) Parts(string text)
    {
        var letters = 0;
        while (letters < text.Length && (char.IsLetter(text[letters]) || text[letters] == '_')) letters++;
        var named = letters;
        while (named < text.Length && (char.IsLetterOrDigit(text[named]) || text[named] == '_')) named++;
        if (letters > 0 && named < text.Length && text[named] == '=') return (text[..named], text[(named + 1)..].Trim());
        if (letters == text.Length && text.EndsWith("nil", StringComparison.Ordinal)) return (Name(text[..^3]), "nil");
        return (Name(text[..letters]), letters == text.Length ? null : text[letters..].Trim());

        static string? Name(string name) => name.Length == 0 ? null : name;
    }

    /// <summary>A call, as <see cref="Operation.ToString"/> writes what it has no letter for.</summary>
    private Operation Call(Operation operation, string given)
    {
        var (open, close) = (given.IndexOf('('), given.LastIndexOf(')'));
        var name = given[..open].Trim();
        var after = close < open ? "" : given[(close + 1)..].Trim();
        if (close < open || name.Any(char.IsWhiteSpace) || (after.Length > 0 && (after[0] != '=' || after.Length == 1)))
            throw Missing("no call that can be read", "put(x, 1), or get(x) = 1");
        var arguments = Arguments(given[(open + 1)..close]);
        var wanted = name switch { "cas" => 2, "read" or "get" or "dequeue" or "acquire" or "release" or "lock" or "unlock" => 0, _ => 1 };
        if (arguments.Count > wanted + 1 || arguments.Count < (wanted == 2 ? 2 : 0))
            throw Missing($"{arguments.Count} arguments", wanted == 2 ? "cas(x, 1, 2)" : wanted == 0 ? $"{name}(x)" : $"{name}(x, 1)");
        string? result = after.Length == 0 ? null : after[1..].Trim();
        if (result is null && operation.Outcome == Outcome.Ok && name is "read" or "get")
            throw Missing("no value that was read", $"{name}(x) = 1, or {name}(x) = nil");
        return operation with
        {
            Function = name,
            Key = arguments.Count == wanted + 1 ? arguments[0] : null,
            Expected = wanted == 2 ? arguments[^2] : null,
            Argument = wanted > 0 && arguments.Count > 0 ? arguments[^1] : null,
            Result = result is null or "nil" || operation.Outcome != Outcome.Ok ? null : Text(result),
        };
    }

    private static List<string?> Arguments(string text)
    {
        var (arguments, from, quoted) = (new List<string?>(), 0, false);
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length) quoted ^= text[at] == '"';
            if (at < text.Length && (quoted || text[at] != ',')) continue;
            var argument = text[from..at].Trim();
            if (argument.Length > 0) arguments.Add(argument == "nil" ? null : Text(argument));
            from = at + 1;
        }

        return arguments;
    }

    private static string Text(string value) => value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value.Trim();

    private HistoryFormatException Missing(string what, string instead) => new(line, $"'{Texts.Shown(label)}' says {what}; write {instead}.");
}
