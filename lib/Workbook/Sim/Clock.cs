namespace Workbook.Sim;

/// <summary>
/// A node's own clock: it may be off, and it may run fast or slow. Timers, sleeps and timeouts of the node's process go by its rate: on a
/// clock that runs 10 % slow they come late. They do not go by what it shows, so a jump moves none of them (a monotonic clock).
/// </summary>
public sealed class Clock
{
    private readonly Node _node;
    private Instant _setAt;
    private TimeSpan _offsetThen;
    private double _drift;

    internal Clock(Node node) => _node = node;

    /// <summary>What the clock says.</summary>
    public Instant Now => _node.Simulation.Now + Offset;

    /// <summary>How far it is ahead of true time (behind, when negative).</summary>
    public TimeSpan Offset => _drift == 0 ? _offsetThen : _offsetThen + _drift * (_node.Simulation.Now - _setAt);

    /// <summary>How fast it gains, in seconds a second.</summary>
    public double Drift => _drift;

    /// <summary>Sets how far it is ahead from now on; no timer moves.</summary>
    public void SetOffset(TimeSpan ahead) => Set(ahead, _drift);

    /// <summary>
    /// Sets how fast it gains from now on, in seconds a second: <c>200e-6</c> gains 200 µs a second, <c>-0.1</c> runs 10 % slow. Timers that
    /// are set already go at the new rate from now on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It would stand still or go backwards: the drift is -1 or less.</exception>
    public void SetDrift(double secondsPerSecond)
    {
        if (!(secondsPerSecond > -1 && double.IsFinite(secondsPerSecond)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(secondsPerSecond), secondsPerSecond, "A clock has to go forward; give a drift above -1, such as -0.1 for 10 % slow.");
        }

        var factor = (1 + _drift) / (1 + secondsPerSecond);
        Set(Offset, secondsPerSecond);
        if (factor != 1) _node.Simulation.Stretch(_node, factor);
    }

    /// <summary>How long a length by this clock is in true time.</summary>
    internal TimeSpan TrueLength(TimeSpan own) => _drift == 0 ? own : Times(own, 1 / (1 + _drift));

    /// <summary>A length times a factor; what is longer than time itself is for ever.</summary>
    internal static TimeSpan Times(TimeSpan length, double factor)
    {
        var ticks = length.Ticks * factor;
        return ticks < long.MaxValue ? new TimeSpan((long)Math.Round(ticks)) : TimeSpan.MaxValue;
    }

    private void Set(TimeSpan offset, double drift) => (_offsetThen, _drift, _setAt) = (offset, drift, _node.Simulation.Now);
}
