using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Workbook.Sim;

namespace Workbook.Check;

/// <summary>Runs a scene many times over, on all cores, and gathers what went wrong.</summary>
public static partial class Explore
{
    // Of the smallest runs that fail, so many are cut off where they are broken, which is cheap; the one that is over first is shrunk. How much
    // of the others could be taken away cannot be told beforehand, and each would take as long.
    private const int Candidates = 8;

    // Orders are explored in lots of this size, the same on every machine, so that the findings are too.
    private const int Lot = 256;

    /// <summary>
    /// Runs the scene from seeds 0, 1, 2… and keeps the smallest run that breaks a property, with as few faults as still break it.
    /// </summary>
    /// <param name="count">How many seeds.</param>
    /// <param name="scene">The scene: a function of the seed and of nothing else.</param>
    /// <param name="expression">The scene as it was written, for the line that repeats a run; the compiler fills it in.</param>
    public static Exploration Seeds(
        int count, Func<ulong, SceneRun> scene, [CallerArgumentExpression(nameof(scene))] string expression = "") =>
        Many(count, Schedule.Times, schedule => scene(schedule.Seed), "runs", (seed, _) => Repetition(expression, Schedule.Times(seed)));

    /// <summary>
    /// Runs the scene from seeds 0, 1, 2… and keeps the smallest run that breaks a property, with as few faults, operations and messages as
    /// still break it. No trace is kept but that of the run that is shown.
    /// </summary>
    /// <param name="count">How many seeds.</param>
    /// <param name="scene">The scene: a function of the schedule and of nothing else. It hands the schedule to its simulation.</param>
    /// <param name="expression">The scene as it was written, for the line that repeats a run; the compiler fills it in.</param>
    [OverloadResolutionPriority(1)]
    public static Exploration Seeds(
        int count, Func<Schedule, SceneRun> scene, [CallerArgumentExpression(nameof(scene))] string expression = "") =>
        Many(count, Schedule.Times, Shrinkable(scene), "runs", (_, smallest) => Repetition(expression, smallest));

    /// <summary>
    /// Runs the scene under that many priority schedules, each with a seed of its own (<see cref="Schedule.Priorities"/>): finds bugs that need
    /// a few things in an unlikely order far sooner than delays drawn at random do.
    /// </summary>
    /// <param name="count">How many schedules.</param>
    /// <param name="scene">The scene: a function of the schedule and of nothing else. It hands the schedule to its simulation.</param>
    /// <param name="depth">How many orderings the bug may need.</param>
    /// <param name="slack">How much later than its time a thing may happen; 20 ms when left out.</param>
    /// <param name="expression">The scene as it was written, for the line that repeats a run; the compiler fills it in.</param>
    public static Exploration Priorities(
        int count, Func<Schedule, SceneRun> scene, int depth = 3, TimeSpan? slack = null, [CallerArgumentExpression(nameof(scene))] string expression = "")
    {
        var steps = Math.Max(1, Guarded(scene, Schedule.Times(0) with { Trace = TraceLimit.Off }).Run.Events);
        return Many(count, seed => Schedule.Priorities(seed, depth, steps, slack), Shrinkable(scene), $"runs by priorities of depth {depth}",
            (_, smallest) => Repetition(expression, smallest));
    }

    /// <summary>
    /// Runs the scene in every order that its events can come in, each from the start and once: for small scenes, whose orders can be counted.
    /// </summary>
    /// <param name="scene">The scene: a function of the schedule and of nothing else. It hands the schedule to its simulation.</param>
    /// <param name="bounds">What else there is to choose, and how long a run may be; the order of events alone when left out.</param>
    /// <param name="runs">The most runs; where there are more orders, the exploration says that it is not complete.</param>
    /// <param name="expression">The scene as it was written, for the line that repeats a run; the compiler fills it in.</param>
    public static Exploration Everything(
        Func<Schedule, SceneRun> scene, Bounds? bounds = null, int runs = 1_000_000, [CallerArgumentExpression(nameof(scene))] string expression = "")
    {
        if (runs < 1) throw new ArgumentOutOfRangeException(nameof(runs), runs, "Explore at least one order.");
        var watch = Stopwatch.StartNew();
        var orders = new Orders(scene, bounds ?? new Bounds(), runs);
        while (orders.NextLot(Lot) is { Count: > 0 } lot)
        {
            var results = new OrderRun[lot.Count];
            OnAllCores(lot.Count, index => results[index] = orders.Run(lot[index]));
            foreach (var result in results) orders.Add(result);
        }

        return orders.Tally.ToExploration(watch.Elapsed) with
        {
            Kind = "orders",
            IsComplete = orders.IsComplete,
            CutOff = orders.CutOff,
            Found = new(() => orders.Tally.Smallest(1).Select(finding => Guarded(scene, finding.Schedule with { Trace = TraceLimit.Whole }))
                .Select(run => new SmallestRun(run.Run.Seed, run, Repetition(expression, run.Run.Schedule))).FirstOrDefault()),
        };
    }

    /// <summary>Looks for the smallest runs of several explorations, which it gives back, on all cores: each search alone keeps one busy.</summary>
    internal static IReadOnlyList<Exploration> Shrunk(IEnumerable<Exploration> explorations)
    {
        Exploration[] all = [.. explorations];
        OnAllCores(all.Length, index => _ = all[index].Smallest);
        return all;
    }

    private static Exploration Many(
        int count, Func<ulong, Schedule> schedules, Func<Schedule, SceneRun> scene, string kind, Func<ulong, Schedule, string> repetition)
    {
        if (count < 1) throw new ArgumentOutOfRangeException(nameof(count), count, "Explore at least one seed.");
        var watch = Stopwatch.StartNew();
        var runs = new Summary[count];
        OnAllCores(count, seed =>
        {
            var schedule = schedules((ulong)seed) with { Trace = TraceLimit.Off };
            runs[seed] = Summary.Of(Guarded(scene, schedule), schedule);
        });
        var elapsed = watch.Elapsed;
        var tally = new Tally();
        foreach (var run in runs) tally.Add(run);

        return tally.ToExploration(elapsed) with { Kind = kind, Found = new(Smallest) };

        SmallestRun? Smallest()
        {
            Finding[] small = [.. tally.Smallest(Candidates)];
            if (small.Length == 0) return null;
            var failing = new Shrinking[small.Length];
            OnAllCores(small.Length, index => failing[index] = new Shrinking(Guarded(scene, small[index].Schedule), Shrink.MostReplays));
            var first = OverFirst(failing);
            var run = failing[first].Everything();
            return new SmallestRun(small[first].Seed, run, repetition(small[first].Seed, run.Run.Schedule));
        }
    }

    /// <summary>
    /// Cuts all the runs off where they are broken, in step, and says which is over first. One that has more events before it is broken than
    /// another has then is given up on the way.
    /// </summary>
    private static int OverFirst(Shrinking[] failing)
    {
        var left = Enumerable.Range(0, failing.Length).ToList();
        var cuts = failing.Select(run => run.Cuts().GetEnumerator()).ToArray();
        var open = left.ToArray();
        while (open.Length > 0)
        {
            var goesOn = new bool[failing.Length];
            OnAllCores(open.Length, index => goesOn[open[index]] = cuts[open[index]].MoveNext());
            var fewest = left.Min(index => failing[index].Events);
            left.RemoveAll(index => failing[index].FewestEvents > fewest);
            open = [.. left.Where(index => goesOn[index])];
        }

        return left.MinBy(index => failing[index].Events);
    }

    private static Func<Schedule, SceneRun> Shrinkable(Func<Schedule, SceneRun> scene)
    {
        return Again;

        SceneRun Again(Schedule schedule)
        {
            var run = Guarded(scene, schedule);
            return run.WithSchedule is null && run.WithFaults is null ? run with { WithSchedule = Again } : run;
        }
    }

    /// <summary>A run that ends in the failure of a process or a property has shown a violation; anything else is a mistake in the scene.</summary>
    internal static SceneRun Guarded(Func<Schedule, SceneRun> scene, Schedule schedule)
    {
        try
        {
            return scene(schedule);
        }
        catch (SimulationException failure) when (failure.Run is not null)
        {
            return SceneRun.Of(failure);
        }
        catch (Exception exception) when (exception is not SceneException)
        {
            throw new SceneException(schedule, exception);
        }
    }

    /// <summary>Does the same for each number from 0, on all cores. What one of them throws, the first by number, is thrown.</summary>
    private static void OnAllCores(int count, Action<int> action)
    {
        if (count == 0) return;
        var failures = new ConcurrentDictionary<int, Exception>();
        Parallel.ForEach(Partitioner.Create(0, count, Math.Clamp(count / 64, 1, 100)), (range, loop) =>
        {
            for (var number = range.Item1; number < range.Item2 && failures.IsEmpty; number++)
            {
                try
                {
                    action(number);
                }
                catch (Exception exception)
                {
                    failures[number] = exception;
                }
            }
        });
        if (!failures.IsEmpty) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.MinBy(failure => failure.Key).Value);
    }

    /// <summary>The line that repeats a scene under a schedule, from the scene as it was written.</summary>
    internal static string Repetition(string expression, Schedule schedule) =>
        schedule == Schedule.Times(schedule.Seed) with { Trace = schedule.Trace }
            ? Repetition(expression, schedule.Seed.ToString(CultureInfo.InvariantCulture))
            : Repetition(expression, $"\"{schedule}\"");

    /// <summary><c>seed => Scenes.Crash(seed, rules)</c> and 4127 give <c>Scenes.Crash(4127, rules)</c>.</summary>
    private static string Repetition(string expression, string argument)
    {
        var lambda = Lambda().Match(expression);
        if (!lambda.Success) return $"{expression}({argument})";
        return Regex.Replace(lambda.Groups["body"].Value, $@"\b{lambda.Groups["seed"].Value}\b", argument.Replace("$", "$$"));
    }

    [GeneratedRegex(@"^\(?\s*(?:(?:ulong|Schedule)\s+)?(?<seed>\w+)\s*\)?\s*=>\s*(?<body>.*)$", RegexOptions.Singleline)]
    private static partial Regex Lambda();
}

/// <summary>A scene that threw: a mistake in the scene itself, not in the system that it shows.</summary>
public sealed class SceneException(Schedule schedule, Exception inner)
    : Exception($"The scene itself failed under the schedule “{schedule}”, with {inner.GetType().Name}: {inner.Message}", inner);
