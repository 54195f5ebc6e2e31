using System.Globalization;
using System.Text;
using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Benchmarks;

/// <summary>One line of a client's log: <c>invoke</c>, <c>ok</c>, <c>fail</c> or <c>info</c>.</summary>
internal readonly record struct LogLine(int Process, string Type, string Function, string? Key, string? Value);

/// <summary>
/// Histories like those that Jepsen took of etcd and that key/value stores of the labs give, made from a seed: threads that call an
/// object, which is right but for the mistakes asked for.
/// </summary>
internal static class ClientLogs
{
    /// <summary>
    /// A register that five threads read, write and compare-and-set. A call that times out may take effect much later or never, and its
    /// thread goes on as another process, as in Jepsen.
    /// </summary>
    public static List<LogLine> Register(ulong seed, int operations, double timeouts, double stale, int threads = 5, int values = 5)
    {
        var random = new Rng(seed);
        var events = new PriorityQueue<Action<double>, double>();
        var lines = new List<LogLine>();
        string? held = null;
        var older = new List<string?> { null };
        var left = operations;
        for (var thread = 0; thread < threads; thread++) Next(thread, random.NextDouble());
        while (events.TryDequeue(out var happen, out var time)) happen(time);
        return lines;

        void Next(int process, double at) => events.Enqueue(now =>
        {
            if (left-- <= 0) return;
            var (function, from, to) = (random.Pick(["read", "write", "cas"]), Digit(), Digit());
            var value = function switch { "read" => "nil", "write" => to, _ => $"[{from} {to}]" };
            lines.Add(new(process, "invoke", function, null, value));
            var lost = random.Chance(timeouts);
            var effect = now + (lost ? random.NextExponential(20) : random.NextExponential(0.5));
            var answer = ("", "");
            if (!lost || random.Chance(0.5)) events.Enqueue(_ => answer = Apply(function, from, to, value), effect);
            events.Enqueue(later =>
            {
                lines.Add(lost ? new(process, function == "read" ? "fail" : "info", function, null, ":timed-out")
                    : new(process, answer.Item1, function, null, answer.Item2));
                Next(lost && function != "read" ? process + threads : process, later + random.NextExponential(0.5));
            }, lost ? now + 5 : effect + random.NextExponential(0.5));
        }, at);

        (string Type, string Value) Apply(string function, string from, string to, string value)
        {
            if (function == "read") return ("ok", (random.Chance(stale) ? random.Pick(older) : held) ?? "nil");
            if (function == "cas" && held != from) return ("fail", value);
            older.Add(held = to);
            return ("ok", value);
        }

        string Digit() => random.Next(values).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Texts under ten keys that many clients get, put and append to, each of its puts and appends different from all others.</summary>
    public static List<LogLine> KeyValue(ulong seed, int clients, int operations, double stale)
    {
        var random = new Rng(seed);
        var events = new PriorityQueue<Action<double>, double>();
        var lines = new List<LogLine>();
        var held = Enumerable.Range(0, 10).ToDictionary(key => $"{key}", _ => new List<string> { "" });
        var left = operations;
        for (var client = 0; client < clients; client++) Next(client, 0, random.NextDouble());
        while (events.TryDequeue(out var happen, out var time)) happen(time);
        return lines;

        void Next(int client, int number, double at) => events.Enqueue(now =>
        {
            if (left-- <= 0) return;
            var (function, key) = (random.Pick(["get", "get", "append", "append", "append", "put"]), $"{random.Next(10)}");
            if (function == "put" && random.Chance(0.8)) function = "append";
            string? value = function == "get" ? null : $"x {client} {number} y";
            lines.Add(new(client, "invoke", function, key, value));
            var effect = now + random.NextExponential(1);
            events.Enqueue(_ =>
            {
                var before = held[key];
                if (function == "get") value = random.Chance(stale) ? random.Pick(before) : before[^1];
                else before.Add(function == "put" ? value! : before[^1] + value);
            }, effect);
            events.Enqueue(later =>
            {
                lines.Add(new(client, "ok", function, key, value));
                Next(client, number + 1, later + random.NextExponential(0.1));
            }, effect + random.NextExponential(1));
        }, at);
    }

    /// <summary>The operations of a log. A compare-and-set that failed found another value; any other operation that failed was not done.</summary>
    public static History ToHistory(List<LogLine> lines)
    {
        var operations = new List<Operation>();
        var open = new Dictionary<int, int>();
        for (var line = 0; line < lines.Count; line++)
        {
            var (process, type, function, key, value) = lines[line];
            if (type == "invoke")
            {
                open[process] = operations.Count;
                var pair = function == "cas" ? value!.Trim('[', ']').Split(' ') : null;
                operations.Add(new(process.ToString(CultureInfo.InvariantCulture), function, line, Operation.Never)
                {
                    Key = key,
                    Argument = function is "read" or "get" ? null : pair?[1] ?? value,
                    Expected = pair?[0],
                    Outcome = Outcome.Unknown,
                });
            }
            else if (type != "info" && open.Remove(process, out var number))
            {
                var done = type == "ok" || function == "cas";
                operations[number] = operations[number] with
                {
                    Returned = line,
                    Outcome = done ? Outcome.Ok : Outcome.Failed,
                    Result = function switch { "cas" => type == "ok" ? "true" : "false", "read" or "get" when done && value != "nil" => value, _ => null },
                };
            }
        }

        return new(operations);
    }

    /// <summary>Writes a log for the program that runs Porcupine: process, type, function, key and value between tabs.</summary>
    public static void Write(string file, List<LogLine> lines)
    {
        var text = new StringBuilder();
        foreach (var (process, type, function, key, value) in lines) text.Append(CultureInfo.InvariantCulture, $"{process}\t{type}\t{function}\t{key}\t{value}\n");
        File.WriteAllText(file, text.ToString());
    }
}
