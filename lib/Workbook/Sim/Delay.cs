namespace Workbook.Sim;

/// <summary>How long a message is under way, drawn anew for each.</summary>
public abstract record Delay
{
    /// <summary>One draw.</summary>
    public abstract TimeSpan Draw(Rng random);

    /// <summary>Always the same.</summary>
    public static Delay Constant(TimeSpan length) => new ConstantDelay(Checked(length));

    /// <summary>Anything from <paramref name="min"/> up to <paramref name="max"/>, all equally likely.</summary>
    public static Delay Uniform(TimeSpan min, TimeSpan max) => max >= min
        ? new UniformDelay(Checked(min), max)
        : throw new ArgumentException($"The longest delay ({max}) is shorter than the shortest ({min}); exchange them.");

    /// <summary>At least <paramref name="min"/>, and an exponential wait with the mean given on top.</summary>
    public static Delay Exponential(TimeSpan min, TimeSpan mean) => new ExponentialDelay(Checked(min), Checked(mean));

    /// <summary>
    /// At least <paramref name="min"/>, with a Pareto tail: the chance of more than k times the minimum is k^-shape. A shape
    /// near 1 makes messages that come very late a daily matter; 3 makes them rare.
    /// </summary>
    public static Delay LongTail(TimeSpan min, double shape) => shape > 0
        ? new LongTailDelay(Checked(min), shape)
        : throw new ArgumentOutOfRangeException(nameof(shape), shape, "The tail's shape must be above 0; 1.5 is heavy, 3 is light.");

    private static TimeSpan Checked(TimeSpan length) => length >= TimeSpan.Zero
        ? length
        : throw new ArgumentOutOfRangeException(nameof(length), length, "A message cannot arrive before it was sent; give a delay of 0 or more.");

    private sealed record ConstantDelay(TimeSpan Length) : Delay
    {
        public override TimeSpan Draw(Rng random) => Length;
    }

    private sealed record UniformDelay(TimeSpan Min, TimeSpan Max) : Delay
    {
        public override TimeSpan Draw(Rng random) => random.Next(Min, Max);
    }

    private sealed record ExponentialDelay(TimeSpan Min, TimeSpan Mean) : Delay
    {
        public override TimeSpan Draw(Rng random) => Min + new TimeSpan((long)random.NextExponential(Mean.Ticks));
    }

    private sealed record LongTailDelay(TimeSpan Min, double Shape) : Delay
    {
        private static readonly TimeSpan Longest = 1.Hours();

        public override TimeSpan Draw(Rng random)
        {
            var ticks = Min.Ticks * Math.Pow(1 - random.NextDouble(), -1 / Shape);
            return ticks < Longest.Ticks ? new TimeSpan((long)ticks) : Longest;
        }
    }
}
