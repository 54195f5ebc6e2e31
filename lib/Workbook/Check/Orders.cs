using Workbook.Sim;

namespace Workbook.Check;

/// <summary>One order of a scene's events.</summary>
/// <param name="Summary">What it showed.</param>
/// <param name="Decisions">Its decisions.</param>
/// <param name="Told">How many of them were laid down beforehand; the others are the first that could be made.</param>
/// <param name="IsCut">It was longer than its bound.</param>
/// <param name="IsRedundant">It was left when it became plain that another run shows the same.</param>
internal sealed record OrderRun(Summary Summary, IReadOnlyList<Decision> Decisions, int Told, bool IsCut, bool IsRedundant);

/// <summary>
/// All orders of a scene, depth first. A run is told its first choices, makes the first one possible from there on, and says where it could
/// have chosen otherwise: each of these is the beginning of other runs, and no run is met twice.
/// </summary>
internal sealed class Orders
{
    private readonly Func<Schedule, SceneRun> _scene;
    private readonly Bounds _bounds;
    private readonly int _most;
    private readonly Stack<int[]> _beginnings = new([[]]);

    public Orders(Func<Schedule, SceneRun> scene, Bounds bounds, int most) => (_scene, _bounds, _most) = (scene, bounds, most);

    public Tally Tally { get; } = new();

    public int CutOff { get; private set; }

    public bool IsComplete => _beginnings.Count == 0 && CutOff == 0;

    /// <summary>The next beginnings to try; none when all are done, or enough.</summary>
    public IReadOnlyList<int[]> NextLot(int count)
    {
        var lot = new List<int[]>();
        while (lot.Count < count && Tally.Runs + lot.Count < _most && _beginnings.TryPop(out var beginning)) lot.Add(beginning);
        return lot;
    }

    public OrderRun Run(int[] beginning)
    {
        var given = Schedule.Choices(beginning, _bounds) with { Trace = TraceLimit.Off };
        var run = Explore.Guarded(_scene, given);
        if (run.Run.Chosen is not { } chosen)
        {
            throw new ArgumentException("The scene does not hand its schedule to its simulation: write new Simulation(schedule, …).");
        }

        // What a run that was left would be blamed for at its end, it might have put right.
        var violation = run.Run.Failure is null && (chosen.IsCut || chosen.IsRedundant) ? null : run.Violation;
        return new OrderRun(Summary.Of(run with { Violation = violation }, given), chosen.Made, beginning.Length, chosen.IsCut, chosen.IsRedundant);
    }

    public void Add(OrderRun run)
    {
        if (!run.IsRedundant) Tally.Add(run.Summary);
        if (run.IsCut) CutOff++;
        int[] choices = [.. run.Decisions.Select(decision => decision.Chosen)];

        // The deepest alternatives come off the stack first, in their order.
        for (var index = run.Told; index < choices.Length; index++)
        {
            foreach (var other in run.Decisions[index].Others.Reverse()) _beginnings.Push([.. choices[..index], other]);
        }
    }
}
