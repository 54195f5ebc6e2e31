namespace Workbook.Sim;

// How a run goes on, step by step.
public sealed partial class Simulation
{
    // More than this at one point in time is a loop, not a run.
    private const int MostAtOnce = 1_000_000;

    private int _atOnce;

    /// <summary>Lets the run go on for that much virtual time.</summary>
    /// <exception cref="SimulationException">A process threw, or a property did not hold.</exception>
    public Simulation RunFor(TimeSpan length)
    {
        ThrowIfFailed();
        var end = Now + length;
        while (StepBy(end)) { }
        PassTo(end);
        return this;
    }

    /// <summary>Lets the run go on until the condition holds, or that much virtual time has passed; says whether it came to hold.</summary>
    /// <exception cref="SimulationException">A process threw, or a property did not hold.</exception>
    public bool RunUntil(Func<bool> condition, TimeSpan atMost)
    {
        var end = Now + atMost;
        while (!condition())
        {
            ThrowIfFailed();
            if (StepBy(end)) continue;
            PassTo(end);
            return condition();
        }

        return true;
    }

    /// <summary>Lets the next event happen; false when there is none.</summary>
    /// <exception cref="SimulationException">A process threw, or a property did not hold.</exception>
    public bool Step()
    {
        ThrowIfFailed();
        return StepBy(new Instant(long.MaxValue));
    }

    /// <summary>Lets the run go on until all that has to come true eventually has, or its time is over.</summary>
    /// <exception cref="SimulationException">A process threw, or a property did not hold.</exception>
    public Simulation RunToDeadlines() => _properties.LastDeadline >= Now ? RunFor(_properties.LastDeadline - Now + TimeSpan.FromTicks(1)) : this;

    /// <summary>Lets the next event happen, unless it is later than the end.</summary>
    private bool StepBy(Instant end)
    {
        if (end > _until) end = _until;
        if ((_order is null ? First(end) : _order.Take(_queue, end)) is not { } next) return false;
        if (next.Due > Now)
        {
            if (_properties.HasGoals) PassOver(next.Due);
            Now = next.Due;
            _atOnce = 0;
        }

        Events++;
        BeforeEach?.Invoke(next);
        next.Happen();
        if (_properties.Any) _properties.Check();
        AfterEach?.Invoke();
        if (++_atOnce == MostAtOnce) Fail(default, new InvalidOperationException(
            $"{MostAtOnce:N0} events happened without any time passing. Something answers itself, or sets timers of length 0, for ever."));
        ThrowIfFailed();
        return true;
    }

    private SimEvent? First(Instant end)
    {
        if (_queue.Peek() is not { } next || next.Due > end) return null;
        _queue.TakeFirst();
        return next;
    }

    /// <summary>No more events until then.</summary>
    private void PassTo(Instant end)
    {
        if (_properties.HasGoals) PassOver(end);
        Now = end;
        if (_properties.HasGoals) _properties.Check();
        ThrowIfFailed();
    }

    /// <summary>Time goes on to that point, unless something had to come true before it; a run that stands still is not asked.</summary>
    private void PassOver(Instant time)
    {
        if (_until.Ticks < long.MaxValue || Chosen is { IsCut: true } or { IsRedundant: true }) return;
        _properties.Expire(time);
        ThrowIfFailed();
    }

    private void ThrowIfFailed()
    {
        if (Failure is not null) throw Failure;
    }
}
