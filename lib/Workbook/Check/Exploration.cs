using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Check;

/// <summary>A seed, or an order of events, whose run broke a property.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Violation">What went wrong.</param>
/// <param name="Events">How many events the run took.</param>
public readonly record struct Finding(ulong Seed, string Violation, long Events)
{
    /// <summary>The schedule that repeats the run.</summary>
    public Schedule Schedule { get; init; } = Seed;
}

/// <summary>The smallest run that an exploration found, the seed it was found from, and the line that repeats it.</summary>
internal sealed record SmallestRun(ulong Seed, SceneRun Run, string Repeat);

/// <summary>What exploring many runs of a scene found.</summary>
/// <param name="Runs">How many runs there were.</param>
/// <param name="Elapsed">How long they took, in real time on all cores.</param>
/// <param name="Violations">The runs that broke a property, by seed.</param>
/// <param name="Met">The scene's <em>sometimes</em> properties, and in how many runs each came true.</param>
[TypeFormatterSource]
public sealed record Exploration(int Runs, TimeSpan Elapsed, IReadOnlyList<Finding> Violations, IReadOnlyDictionary<string, int> Met) : IDisplay
{
    /// <summary>
    /// The smallest run that breaks a property, with nothing in it that it can do without; null when none does. It is looked for when it is first
    /// asked for: whoever only counts does not wait for it.
    /// </summary>
    public SceneRun? Smallest => Found.Value?.Run;

    /// <summary>The seed of the smallest run.</summary>
    public ulong? SmallestSeed => Found.Value?.Seed;

    /// <summary>The line that repeats the smallest run; where the scene does not take a schedule, as it was before its faults were thinned out.</summary>
    public string? Repeat => Found.Value?.Repeat;

    /// <summary>What <see cref="Smallest"/> is, once it is asked for.</summary>
    internal Lazy<SmallestRun?> Found { get; init; } = new((SmallestRun?)null);

    /// <summary>The scene's <em>sometimes</em> properties that came true in no run: about these the exploration has shown nothing.</summary>
    public IReadOnlyList<string> NeverMet { get; init; } = [];

    /// <summary>How the runs were chosen, in the words of a sentence: <c>runs</c>, <c>runs by priorities of depth 3</c>, <c>orders</c>.</summary>
    public string Kind { get; init; } = "runs";

    /// <summary>Whether there is no run but those that were seen. Only exploring every order can say so.</summary>
    public bool IsComplete { get; init; }

    /// <summary>How many runs were longer than the bound, and were cut off there.</summary>
    public int CutOff { get; init; }

    /// <summary>Runs a second, on all cores.</summary>
    public double RunsPerSecond => Runs / Math.Max(Elapsed.TotalSeconds, 1e-9);

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>
    /// A few lines: how many runs broke what, the smallest of them, how to repeat it, and what was never met. Free of wall-clock time, so that a
    /// page is the same each time it is made; <see cref="RunsPerSecond"/> has that.
    /// </summary>
    public override string ToString() => string.Join('\n', Lines());

    private IEnumerable<string> Lines()
    {
        yield return Smallest is null
            ? Said($"Nothing went wrong in {Count}.")
            : Said($"Wrong in {Violations.Count:N0} of {Count}. {Smallest.Violation}");
        if (Smallest is { } smallest)
        {
            var faults = smallest.Faults.Count == 0 ? "no fault" : string.Join(", ", smallest.Faults);
            yield return Said($"Smallest: {smallest.Run.Events:N0} events, with {faults}.");
            yield return $"Repeat: {Repeat}";
        }

        if (CutOff > 0) yield return Said($"{CutOff:N0} of them were cut off as too long.");
        foreach (var name in NeverMet) yield return $"“{name}” never came true: about that these runs show nothing.";
    }

    private string Count => IsComplete ? Said($"{Runs:N0} {Kind}, which are all there are") : Said($"{Runs:N0} {Kind}");

    private static string Said(FormattableString text) => FormattableString.Invariant(text);
}
