using Workbook.Check;

namespace Workbook.Tests.Check.Linearizable;

/// <summary>Histories as short lines: <c>c1 1-2 put x a</c>, <c>c2 3-4 get x = a</c>, <c>c3 5-? append x b</c>. A key is x, y or z.</summary>
internal static class Sketch
{
    public static History History(string lines) => new(lines.Split(';', StringSplitOptions.TrimEntries).Select(Operation));

    private static Operation Operation(string line)
    {
        var sides = line.Split(" = ");
        var words = sides[0].TrimEnd('=', ' ').Split(' ');
        var times = words[1].Split('-');
        List<string> arguments = [.. words.Skip(3)];
        var key = arguments.FirstOrDefault() is "x" or "y" or "z" ? arguments[0] : null;
        if (key is not null) arguments.RemoveAt(0);
        var isUnknown = times[1] == "?";
        return new Operation(words[0], words[2], long.Parse(times[0]), isUnknown ? Workbook.Check.Operation.Never : long.Parse(times[1]))
        {
            Key = key,
            Argument = arguments.LastOrDefault(),
            Expected = arguments.Count > 1 ? arguments[0] : null,
            Result = sides.Length > 1 ? sides[1] : null,
            Outcome = isUnknown ? Outcome.Unknown : Outcome.Ok,
        };
    }
}
