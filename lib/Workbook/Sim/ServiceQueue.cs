namespace Workbook.Sim;

/// <summary>
/// Something that serves one job after the other, first come first served: a processor, a disk, a network card, a
/// switch. It knows when it will be free.
/// </summary>
internal sealed class ServiceQueue
{
    private Instant _freeAt;

    /// <summary>When a job that comes now and takes that long will be done.</summary>
    public Instant Serve(Instant now, TimeSpan length)
    {
        var begin = _freeAt > now ? _freeAt : now;
        return _freeAt = begin + length;
    }

    /// <summary>Forgets all jobs: what crashed does not finish them.</summary>
    public void Clear() => _freeAt = Instant.Start;

    /// <summary>How long an amount takes at a rate a second; a rate of null takes no time.</summary>
    public static TimeSpan Length(long amount, double? perSecond) =>
        perSecond is { } rate ? new TimeSpan((long)Math.Ceiling(amount / rate * TimeSpan.TicksPerSecond)) : TimeSpan.Zero;
}
