namespace Workbook.Sim;

/// <summary>What is to hold in a run: always, sometimes, and eventually. Looked at after every event.</summary>
internal sealed class Properties(Simulation run)
{
    private readonly List<(string Name, Func<bool> Holds)> _always = [];
    private readonly List<(string Name, Func<bool> Holds)> _unmet = [];
    private readonly List<Goal> _goals = [];
    private readonly List<string> _sometimes = [];
    private readonly List<string> _met = [];

    /// <summary>Something that has to come true in time.</summary>
    private sealed record Goal(string Name, Func<bool> Holds, Instant Since, TimeSpan Within)
    {
        public Instant Start(Simulation run) => run.FaultsEnd > Since ? run.FaultsEnd : Since;

        public Instant Deadline(Simulation run) => Start(run) + Within;
    }

    public bool Any => _always.Count + _unmet.Count + _goals.Count > 0;

    public bool HasGoals => _goals.Count > 0;

    public IReadOnlyList<(string Name, Func<bool> Holds)> Always => _always;

    public IReadOnlyList<string> Wanted => _sometimes;

    public IReadOnlyList<string> Met => _met;

    /// <summary>When the last of the goals has to be reached; the start of the run when there is none left.</summary>
    public Instant LastDeadline => _goals.Count == 0 ? Instant.Start : _goals.Max(goal => goal.Deadline(run));

    public void AddAlways(string name, Func<bool> holds) => _always.Add((name, holds));

    public void AddSometimes(string name, Func<bool> holds)
    {
        _sometimes.Add(name);
        _unmet.Add((name, holds));
    }

    public void AddEventually(string name, Func<bool> holds, TimeSpan within) =>
        _goals.Add(new Goal(name, holds, run.Now, Life.Ahead(within)));

    public void Check()
    {
        // What broke in the same event as a process did is that process's doing, and is told as such.
        foreach (var (name, holds) in _always)
        {
            if (!Holds(name, holds)) run.Break(name, "no longer holds");
        }

        for (var index = 0; index < _unmet.Count; index++)
        {
            if (!Holds(_unmet[index].Name, _unmet[index].Holds)) continue;
            _met.Add(_unmet[index].Name);
            _unmet.RemoveAt(index--);
        }

        for (var index = 0; index < _goals.Count; index++)
        {
            if (_goals[index].Start(run) <= run.Now && Holds(_goals[index].Name, _goals[index].Holds)) _goals.RemoveAt(index--);
        }
    }

    /// <summary>Time is about to pass beyond that point: what has to be true by then is true now or never.</summary>
    public void Expire(Instant time)
    {
        for (var index = 0; index < _goals.Count; index++)
        {
            var goal = _goals[index];
            if (goal.Deadline(run) >= time) continue;
            _goals.RemoveAt(index--);
            if (Holds(goal.Name, goal.Holds)) continue;
            run.Break(goal.Name, FormattableString.Invariant($"did not come true in {goal.Within.TotalSeconds:0.###}s without faults"), goal.Deadline(run));
        }
    }

    private bool Holds(string name, Func<bool> holds)
    {
        try
        {
            return holds();
        }
        catch (Exception exception) when (exception is not SimulationException)
        {
            run.Break(name, $"cannot be checked: {exception.GetType().Name}: {exception.Message}");
            return true;
        }
    }
}
