using System.Runtime.CompilerServices;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Check;

/// <summary>What was found without one precaution of a system.</summary>
/// <param name="Rule">The precaution.</param>
/// <param name="Source">Where the paper, the lecture or the lab has it; may be empty.</param>
/// <param name="Prevents">What goes wrong without it, in general: the end of a sentence.</param>
public sealed record RuleFinding(string Rule, string Source, string Prevents)
{
    private string scene = "";

    /// <summary>The runs without the rule; null where no run goes wrong and what the rule saves is measured.</summary>
    public Exploration? Found { get; private init; }

    /// <summary>What doing without the rule costs, where nothing goes wrong; otherwise null.</summary>
    public string? Cost { get; private init; }

    /// <summary>Whether the scene is a script that brings the anomaly about, and the seed decides no more than its delays.</summary>
    public bool IsScripted { get; init; }

    /// <summary>Whether no rule is off: the row that shows that the scene itself breaks nothing.</summary>
    public bool AllOn { get; init; }

    /// <summary>Whether the smallest run is looked for; otherwise the first that goes wrong stands for it.</summary>
    public bool IsShrunk { get; init; } = true;

    /// <summary>Draws the smallest run; null where there is no picture of it.</summary>
    internal Func<SceneRun, IDisplay>? Picture { get; init; }

    /// <summary>How many seeds, from 0 on, had to be tried until one went wrong; null when none did.</summary>
    public long? SeedsNeeded => Found is { Violations: [var first, ..] } ? (long)first.Seed + 1 : null;

    /// <summary>How many events the smallest run has; null when nothing went wrong.</summary>
    public long? Events => SeedsNeeded is null ? null : IsShrunk ? Found!.Smallest!.Run.Events : Found!.Violations[0].Events;

    /// <summary>How many faults the smallest run has; null when nothing went wrong, or the run is as it was drawn.</summary>
    public int? Faults => SeedsNeeded is null || !IsShrunk ? null : Found!.Smallest!.Faults.Count;

    /// <summary>The line that repeats the smallest run; null when nothing went wrong.</summary>
    public string? Repeat => SeedsNeeded is null ? null
        : IsShrunk ? Found!.Repeat : Explore.Repetition(scene, Found!.Violations[0].Schedule);

    /// <summary>What is seen in the smallest run, or what the rule saves; <c>nothing</c> when neither.</summary>
    public string Seen => Cost ?? (SeedsNeeded is null ? "nothing" : IsShrunk ? Found!.Smallest!.Violation! : Found!.Violations[0].Violation);

    /// <summary>How many of how many runs went wrong: <c>3 of 100</c>.</summary>
    public string Wrong => Found is null ? "–" : FormattableString.Invariant($"{Found.Violations.Count:N0} of {Found.Runs:N0}");

    /// <summary>Explores a scene without the rule.</summary>
    /// <param name="seeds">How many seeds.</param>
    /// <param name="without">The scene, a function of its schedule, with the rule off.</param>
    /// <param name="expression">The scene as it was written, for the line that repeats a run; the compiler fills it in.</param>
    public RuleFinding In(int seeds, Func<Schedule, SceneRun> without, [CallerArgumentExpression(nameof(without))] string expression = "") =>
        this with { Found = Explore.Seeds(seeds, without, expression), scene = expression };

    /// <summary>Explores a scene without the rule that knows no schedule but a seed.</summary>
    /// <param name="seeds">How many seeds.</param>
    /// <param name="without">The scene, a function of its seed, with the rule off.</param>
    /// <param name="expression">The scene as it was written, for the line that repeats a run; the compiler fills it in.</param>
    public RuleFinding InSeeds(int seeds, Func<ulong, SceneRun> without, [CallerArgumentExpression(nameof(without))] string expression = "") =>
        this with { Found = Explore.Seeds(seeds, without, expression), scene = expression };

    /// <summary>Says what doing without the rule costs, where nothing goes wrong.</summary>
    public RuleFinding Costs(string measured) => this with { Cost = measured };
}
