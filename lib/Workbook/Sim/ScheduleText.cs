using System.Globalization;

namespace Workbook.Sim;

/// <summary>
/// Schedules as text: <c>seed 4127 faults 2 until 2.5s messages s1>s2=1-3</c>, <c>seed 17 priorities depth 3 steps 600 slack 0.05s</c>,
/// <c>losses 1 crashes 1 of s1,s2: 0 0 2 1</c>, and, most often, <c>0 0 2 1</c>.
/// </summary>
internal static class ScheduleText
{
    private const string Forever = "forever";

    public static string Write(Schedule schedule)
    {
        var choice = schedule.Choice;
        var words = new List<string>();
        if (choice is null || schedule.Seed != 0) words.Add(Said($"seed {schedule.Seed}"));
        if (schedule.Priority is { } priority)
        {
            words.Add(Said($"priorities depth {priority.Depth} steps {priority.Steps}"));
            if (priority.Slack != PriorityRule.UsualSlack) words.Add($"slack {Length(priority.Slack)}");
        }

        if (choice?.Bounds is { } bounds)
        {
            if (bounds.Losses > 0) words.Add(Said($"losses {bounds.Losses}"));
            if (bounds.Crashes > 0) words.Add(Said($"crashes {bounds.Crashes}"));
            if (bounds.Crashes > 0 && bounds.Crashing.Count > 0) words.Add($"of {string.Join(',', bounds.Crashing)}");
            if (bounds.Slack > TimeSpan.Zero) words.Add($"slack {Length(bounds.Slack)}");
        }

        if (schedule.Faults is { } faults) words.Add($"faults {faults}");
        if (schedule.Operations is { } operations) words.Add($"operations {operations}");
        if (schedule.Until is { } until) words.Add($"until {Length(until)}");
        if (schedule.Messages is { } messages) words.Add($"messages {messages}");
        if (choice is null) return string.Join(' ', words);
        var made = choice.Made.Count == 0 ? "0" : string.Join(' ', choice.Made.Select(number => Said($"{number}")));
        return words.Count == 0 ? made : $"{string.Join(' ', words)}: {made}";
    }

    public static Schedule Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        var hasChoices = colon >= 0 || char.IsAsciiDigit(text.TrimStart().FirstOrDefault());
        var words = new Words(text, colon >= 0 ? text[..colon] : hasChoices ? "" : text);
        if (!hasChoices && words.Peek() is null) throw words.Wrong("is empty");
        var (schedule, bounds) = ReadSettings(words);
        if (!hasChoices) return schedule;
        if (schedule.Priority is not null) throw words.Wrong("has both priorities and choices");
        var choices = text[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(words.Number).ToList();
        return schedule with { Choice = Schedule.Choices(choices.Select(Small), bounds).Choice };
    }

    private static (Schedule, Bounds) ReadSettings(Words words)
    {
        var (schedule, bounds) = (Schedule.Times(0), new Bounds());
        while (words.Next() is { } word)
        {
            (schedule, bounds) = word switch
            {
                "seed" => (schedule with { Seed = words.Number() }, bounds),
                "priorities" => (schedule with { Priority = ReadPriorities(words) }, bounds),
                "losses" => (schedule, bounds with { Losses = Small(words.Number()) }),
                "crashes" => (schedule, bounds with { Crashes = Small(words.Number()) }),
                "of" => (schedule, bounds with { Crashing = [.. (words.Next() ?? "").Split(',').Select(name => new NodeId(name))] }),
                "slack" => (schedule, bounds with { Slack = words.Length() }),
                "faults" => (schedule with { Faults = words.Places() }, bounds),
                "operations" => (schedule with { Operations = words.Places() }, bounds),
                "until" => (schedule with { Until = words.Length() }, bounds),
                "messages" => (schedule with { Messages = words.Messages() }, bounds),
                _ => throw words.Wrong($"has the word “{word}” where none such belongs"),
            };
        }

        return (schedule, bounds);
    }

    private static PriorityRule ReadPriorities(Words words)
    {
        var (depth, steps) = (Small(words.NumberAfter("depth")), Small(words.NumberAfter("steps")));
        var slack = PriorityRule.UsualSlack;
        if (words.Peek() == "slack")
        {
            words.Next();
            slack = words.Length();
        }

        return Schedule.Priorities(0, Math.Max(1, depth), Math.Max(1, steps), slack).Priority!;
    }

    private static string Said(FormattableString text) => FormattableString.Invariant(text);

    private static int Small(ulong number) => (int)Math.Min(number, int.MaxValue);

    private static string Length(TimeSpan length) =>
        length == TimeSpan.MaxValue ? Forever : Said($"{length.Ticks / (decimal)TimeSpan.TicksPerSecond:0.#######}s");

    /// <summary>The words of a text, one after the other.</summary>
    private sealed class Words(string text, string part)
    {
        // A length of time longer than this many seconds is not one.
        private const decimal Longest = 900_000_000_000m;

        private readonly Queue<string> _words = new(part.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        public string? Peek() => _words.TryPeek(out var word) ? word : null;

        public string? Next() => _words.TryDequeue(out var word) ? word : null;

        public ulong Number() => Number(Next() ?? "");

        public ulong Number(string word) => ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(word.Length == 0 ? "ends where a number should be" : $"has “{word}” where a number should be");

        public ulong NumberAfter(string label) => Next() == label ? Number() : throw Wrong($"lacks the word {label}");

        public TimeSpan Length()
        {
            var word = Next() ?? "";
            if (word == Forever) return TimeSpan.MaxValue;
            return word.EndsWith('s') && decimal.TryParse(word[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds < Longest
                ? new TimeSpan((long)(seconds * TimeSpan.TicksPerSecond))
                : throw Wrong($"has “{word}” where a length of time such as 2.5s should be");
        }

        public Places Places() => Peek() is { } word && Sim.Places.Read(word) is { } places && Next() is not null
            ? places
            : throw Wrong($"has “{Peek()}” where places such as 1-3,5 should be");

        public MessageSet Messages() => MessageSet.Read(_words);

        public FormatException Wrong(string what) => new(
            $"The schedule “{text}” {what}. It should read like: seed 4127, or: seed 17 priorities depth 3 steps 600, or: 0 0 2 1.");
    }
}
