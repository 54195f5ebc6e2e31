using Workbook.Sim;

namespace Workbook.Spark.Cluster;

/// <summary>
/// A worker as the driver sees it. One that is lost may still run: it does not know that nobody waits for it any more, until it is heard of again.
/// </summary>
/// <param name="name">Its name: <c>w1</c>.</param>
internal sealed class WorkerState(string name)
{
    private readonly List<Attempt> _attempts = [];

    public string Name => name;

    /// <summary>Whether it counts as one that can be given tasks.</summary>
    public bool IsThere { get; private set; }

    /// <summary>Which of the workers that this machine was: it has a new number whenever it has lost everything.</summary>
    public long Session { get; private set; } = -1;

    /// <summary>When it was heard of last.</summary>
    public Instant Heard { get; private set; }

    /// <summary>Until when it is given nothing to do, because others that could read what it makes cannot reach it.</summary>
    public Instant IdleUntil { get; set; }

    /// <summary>What runs on it, as far as the driver knows.</summary>
    public IReadOnlyList<Attempt> Attempts => _attempts;

    public void Came(long session, Instant now) => (IsThere, Session, Heard) = (true, session, now);

    public void HeardAt(Instant now) => Heard = now;

    public void Add(Attempt attempt) => _attempts.Add(attempt);

    public void Remove(Attempt attempt) => _attempts.Remove(attempt);

    /// <summary>It is gone.</summary>
    /// <returns>What ran on it.</returns>
    public IReadOnlyList<Attempt> Lost()
    {
        IReadOnlyList<Attempt> lost = [.. _attempts];
        _attempts.Clear();
        IsThere = false;
        return lost;
    }
}
