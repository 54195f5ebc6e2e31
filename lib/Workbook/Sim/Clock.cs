namespace Workbook.Sim;

/// <summary>A node's own clock: it may be off, and it may run fast or slow.</summary>
public sealed class Clock
{
    private readonly Simulation _simulation;
    private Instant _setAt;
    private TimeSpan _offsetThen;
    private double _drift;

    internal Clock(Simulation simulation) => _simulation = simulation;

    /// <summary>What the clock says.</summary>
    public Instant Now => _simulation.Now + Offset;

    /// <summary>How far it is ahead of true time (behind, when negative).</summary>
    public TimeSpan Offset => _offsetThen + _drift * (_simulation.Now - _setAt);

    /// <summary>Sets how far it is ahead from now on.</summary>
    public void SetOffset(TimeSpan ahead) => Set(ahead, _drift);

    /// <summary>Sets how fast it gains from now on, in seconds a second: <c>200e-6</c> gains 200 µs a second.</summary>
    public void SetDrift(double secondsPerSecond) => Set(Offset, secondsPerSecond);

    private void Set(TimeSpan offset, double drift) => (_offsetThen, _drift, _setAt) = (offset, drift, _simulation.Now);
}
