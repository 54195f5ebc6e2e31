using System.Globalization;

namespace Workbook.Sim;

/// <summary>
/// A point in virtual time, counted from the start of the run in ticks of 100 ns. A length of time is a
/// <see cref="TimeSpan"/>; the two do not mix by accident.
/// </summary>
/// <param name="Ticks">Ticks of 100 ns since the run began.</param>
public readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    /// <summary>The start of every run.</summary>
    public static readonly Instant Start = new(0);

    /// <summary>The length of time since the run began.</summary>
    public TimeSpan SinceStart => new(Ticks);

    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);

    /// <summary>That much later; a sum past the end of time is the end of time, so that <see cref="TimeSpan.MaxValue"/> means for ever.</summary>
    public static Instant operator +(Instant instant, TimeSpan length) =>
        length.Ticks > long.MaxValue - Math.Max(0, instant.Ticks) ? new(long.MaxValue) : new(instant.Ticks + length.Ticks);

    public static Instant operator -(Instant instant, TimeSpan length) => new(instant.Ticks - length.Ticks);

    public static TimeSpan operator -(Instant later, Instant earlier) => new(later.Ticks - earlier.Ticks);

    public static bool operator <(Instant left, Instant right) => left.Ticks < right.Ticks;

    public static bool operator >(Instant left, Instant right) => left.Ticks > right.Ticks;

    public static bool operator <=(Instant left, Instant right) => left.Ticks <= right.Ticks;

    public static bool operator >=(Instant left, Instant right) => left.Ticks >= right.Ticks;

    /// <summary>Seconds with microseconds: <c>1.204500s</c>.</summary>
    public override string ToString() =>
        (Ticks / (double)TimeSpan.TicksPerSecond).ToString("0.000000", CultureInfo.InvariantCulture) + "s";
}

/// <summary>Lengths of time as one says them: <c>2.Seconds()</c>, <c>1.5.Milliseconds()</c>.</summary>
public static class Durations
{
    public static TimeSpan Microseconds(this int count) => TimeSpan.FromTicks(count * TimeSpan.TicksPerMicrosecond);

    public static TimeSpan Milliseconds(this int count) => TimeSpan.FromTicks(count * TimeSpan.TicksPerMillisecond);

    public static TimeSpan Seconds(this int count) => TimeSpan.FromTicks(count * TimeSpan.TicksPerSecond);

    public static TimeSpan Minutes(this int count) => TimeSpan.FromTicks(count * TimeSpan.TicksPerMinute);

    public static TimeSpan Hours(this int count) => TimeSpan.FromTicks(count * TimeSpan.TicksPerHour);

    public static TimeSpan Microseconds(this double count) => TimeSpan.FromTicks((long)(count * TimeSpan.TicksPerMicrosecond));

    public static TimeSpan Milliseconds(this double count) => TimeSpan.FromTicks((long)(count * TimeSpan.TicksPerMillisecond));

    public static TimeSpan Seconds(this double count) => TimeSpan.FromTicks((long)(count * TimeSpan.TicksPerSecond));
}
