using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Workbook.Draw;

namespace Workbook.Check;

/// <summary>Runs a scene from many seeds, on all cores, and gathers what went wrong.</summary>
public static partial class Explore
{
    /// <summary>
    /// Runs the scene from seeds 0, 1, 2… and keeps the smallest run that breaks a property, with as few faults as still break it.
    /// </summary>
    /// <param name="count">How many seeds.</param>
    /// <param name="scene">The scene: a function of the seed and of nothing else.</param>
    /// <param name="expression">The scene as it was written, for the line that repeats a run; the compiler fills it in.</param>
    public static Exploration Seeds(
        int count, Func<ulong, SceneRun> scene, [CallerArgumentExpression(nameof(scene))] string expression = "")
    {
        if (count < 1) throw new ArgumentOutOfRangeException(nameof(count), count, "Explore at least one seed.");
        var watch = Stopwatch.StartNew();
        var found = new ConcurrentBag<Finding>();
        var met = new ConcurrentDictionary<string, int>();
        Parallel.ForEach(Partitioner.Create(0, count, Math.Clamp(count / 64, 1, 100)), range =>
        {
            for (var seed = (ulong)range.Item1; seed < (ulong)range.Item2; seed++)
            {
                var run = scene(seed);
                foreach (var name in run.Met.Distinct()) met.AddOrUpdate(name, 1, (_, times) => times + 1);
                if (run.Violation is { } violation) found.Add(new Finding(seed, violation, run.Run.Events));
            }
        });

        Finding[] violations = [.. found.OrderBy(finding => finding.Seed)];
        var smallest = violations.OrderBy(finding => finding.Events).ThenBy(finding => finding.Seed).Select(finding => (Finding?)finding).FirstOrDefault();
        return new Exploration(count, watch.Elapsed, violations, new SortedDictionary<string, int>(met, StringComparer.Ordinal))
        {
            Smallest = smallest is { } one ? Shrink.Faults(scene(one.Seed)) : null,
            SmallestSeed = smallest?.Seed,
            Repeat = smallest is { } again ? Repetition(expression, again.Seed) : null,
        };
    }

    /// <summary><c>seed => Scenes.Crash(seed, rules)</c> and 4127 give <c>Scenes.Crash(4127, rules)</c>.</summary>
    private static string Repetition(string expression, ulong seed)
    {
        var number = seed.ToString(CultureInfo.InvariantCulture);
        var lambda = Lambda().Match(expression);
        if (!lambda.Success) return $"{expression}({number})";
        return Regex.Replace(lambda.Groups["body"].Value, $@"\b{lambda.Groups["seed"].Value}\b", number);
    }

    [GeneratedRegex(@"^\(?\s*(?:ulong\s+)?(?<seed>\w+)\s*\)?\s*=>\s*(?<body>.*)$", RegexOptions.Singleline)]
    private static partial Regex Lambda();
}

/// <summary>A seed whose run broke a property.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Violation">What went wrong.</param>
/// <param name="Events">How many events the run took.</param>
public readonly record struct Finding(ulong Seed, string Violation, long Events);

/// <summary>What exploring many runs of a scene found.</summary>
/// <param name="Runs">How many runs there were.</param>
/// <param name="Elapsed">How long they took, in real time on all cores.</param>
/// <param name="Violations">The runs that broke a property, by seed.</param>
/// <param name="Met">The scene's <em>sometimes</em> properties, and in how many runs each came true.</param>
[TypeFormatterSource]
public sealed record Exploration(int Runs, TimeSpan Elapsed, IReadOnlyList<Finding> Violations, IReadOnlyDictionary<string, int> Met) : IDisplay
{
    /// <summary>The smallest run that breaks a property, with no fault that it can do without; null when none does.</summary>
    public SceneRun? Smallest { get; init; }

    /// <summary>The seed of the smallest run.</summary>
    public ulong? SmallestSeed { get; init; }

    /// <summary>The line that repeats the run, before its faults were thinned out.</summary>
    public string? Repeat { get; init; }

    /// <summary>Runs a second, on all cores.</summary>
    public double RunsPerSecond => Runs / Math.Max(Elapsed.TotalSeconds, 1e-9);

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>Two or three lines: how many runs broke what, the smallest of them, and how to repeat it. Free of wall-clock time.</summary>
    public override string ToString()
    {
        if (Smallest is not { } smallest) return string.Create(CultureInfo.InvariantCulture, $"Nothing went wrong in {Runs:N0} runs.");
        var faults = smallest.Faults.Count == 0 ? "no fault" : string.Join(", ", smallest.Faults);
        return string.Create(CultureInfo.InvariantCulture, $"""
            Wrong in {Violations.Count:N0} of {Runs:N0} runs. {smallest.Violation}
            Smallest: {smallest.Run.Events:N0} events, with {faults}.
            Repeat: {Repeat}
            """);
    }
}
