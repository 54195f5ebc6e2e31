namespace Workbook.Sim;

/// <summary>
/// What decides a run, besides its code and its configuration: the seed, and which of several things that may come next does. A seed alone
/// leaves the order to the times that it draws; <see cref="Priorities"/> and <see cref="Choices"/> put the order before the times.
/// A number and a text each are a schedule: <c>Scenes.Election(4127)</c>, <c>Scenes.Election("0 0 2 1")</c>.
/// </summary>
public sealed record Schedule
{
    private Schedule(ulong seed) => Seed = seed;

    /// <summary>The seed of all that is drawn.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// How much of the run is kept; null leaves that to the scene, and is the whole of it where that says nothing. It changes nothing in the run.
    /// </summary>
    public TraceLimit? Trace { get; init; }

    /// <summary>The run stands still from here on, counted from its start; null lets it go on.</summary>
    public TimeSpan? Until { get; init; }

    /// <summary>The only planned faults that happen, by their places in the plan; null lets them all.</summary>
    public Places? Faults { get; init; }

    /// <summary>The only scripted operations that are done, by their places in the script; null lets them all.</summary>
    public Places? Operations { get; init; }

    /// <summary>The only messages that are not lost, besides what a node sends to itself; null lets them all through.</summary>
    public MessageSet? Messages { get; init; }

    internal PriorityRule? Priority { get; init; }

    internal ChoiceRule? Choice { get; init; }

    /// <summary>Everything happens at the time drawn for it.</summary>
    public static Schedule Times(ulong seed) => new(seed);

    /// <summary>
    /// Links, nodes and the script get random priorities, and of those that have something to do within the slack the first goes next
    /// (probabilistic concurrency testing, Burckhardt and others, ASPLOS 2010). At <paramref name="depth"/> - 1 random steps, the one whose turn
    /// it is falls behind all others. A bug that <paramref name="depth"/> orderings bring about is met with probability 1/(n·k^(depth-1))
    /// at least, n being the number of links and nodes and k that of steps, where those orderings lie within the slack.
    /// </summary>
    /// <param name="seed">Decides priorities, the steps at which they change, and all that is drawn besides.</param>
    /// <param name="depth">How many orderings the bug may need; 1 or more.</param>
    /// <param name="steps">About how many events the run has; 1 or more.</param>
    /// <param name="slack">How much later than its time a thing may happen; 20 ms when left out.</param>
    public static Schedule Priorities(ulong seed, int depth, long steps, TimeSpan? slack = null)
    {
        if (depth < 1) throw new ArgumentOutOfRangeException(nameof(depth), depth, "A bug needs one ordering at least; give a depth of 1 or more.");
        if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), steps, "Say how many events the run has, about: 1 or more.");
        return new(seed) { Priority = new PriorityRule(depth, steps, Life.Ahead(slack ?? PriorityRule.UsualSlack)) };
    }

    /// <summary>
    /// At every point where several things may come next, the one with the number given, counted from 0 in the order of their times; 0 where
    /// the numbers have come to their end. Messages take no time here: they arrive when it is their turn.
    /// </summary>
    /// <param name="choices">What is chosen, from the start of the run.</param>
    /// <param name="bounds">What there is to choose from; the order of events alone when left out.</param>
    /// <param name="seed">Decides what is drawn besides.</param>
    public static Schedule Choices(IEnumerable<int> choices, Bounds? bounds = null, ulong seed = 0)
    {
        int[] numbers = [.. choices];
        if (Array.Exists(numbers, number => number < 0)) throw new ArgumentException("Choices are counted from 0; there is none below it.");
        return new(seed) { Choice = new ChoiceRule(numbers[..(Array.FindLastIndex(numbers, number => number != 0) + 1)], bounds ?? new Bounds()) };
    }

    /// <summary>Reads what <see cref="ToString"/> wrote: <c>seed 4127</c>, <c>seed 17 priorities depth 3 steps 600</c>, <c>0 0 2 1</c>.</summary>
    /// <exception cref="FormatException">The text is no schedule.</exception>
    public static Schedule Parse(string text) => ScheduleText.Read(text);

    public static implicit operator Schedule(ulong seed) => new(seed);

    public static implicit operator Schedule(string text) => Parse(text);

    /// <summary>A short text that can be pasted into a cell, and read back.</summary>
    public override string ToString() => ScheduleText.Write(this);
}

/// <summary>What there is to choose from where every step of a run is chosen, and how far that goes.</summary>
public sealed record Bounds
{
    /// <summary>The most events of one run; what is longer is cut off there.</summary>
    public int Steps { get; init; } = 10_000;

    /// <summary>How many messages may be lost, any of them.</summary>
    public int Losses { get; init; }

    /// <summary>How many crashes there may be, at any step; each crashed node may boot again at any later one.</summary>
    public int Crashes { get; init; }

    /// <summary>The nodes that may crash; all of them when empty.</summary>
    public IReadOnlyList<NodeId> Crashing { get; init; } = [];

    /// <summary>
    /// How far time may run ahead of what is under way. With 0 time passes only when nothing else can happen: timers wait for all messages.
    /// With <see cref="TimeSpan.MaxValue"/> any node's next timer may go off at any step.
    /// </summary>
    public TimeSpan Slack { get; init; }

    /// <summary>
    /// Nodes that share nothing with others but messages: no variable, no history that tells who came first. Of runs that differ only in the order
    /// of events at two nodes, one of which is listed here, one is enough (sleep sets, Godefroid 1996), and all states are still met. Empty tells
    /// all orders apart.
    /// </summary>
    public IReadOnlyList<NodeId> Independent { get; init; } = [];
}

/// <summary>See <see cref="Schedule.Priorities"/>.</summary>
internal sealed record PriorityRule(int Depth, long Steps, TimeSpan Slack)
{
    public static readonly TimeSpan UsualSlack = 20.Milliseconds();
}

/// <summary>See <see cref="Schedule.Choices"/>.</summary>
internal sealed record ChoiceRule(IReadOnlyList<int> Made, Bounds Bounds);
