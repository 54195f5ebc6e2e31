namespace Workbook.Bitcoin;

/// <summary>
/// How much all miners together hash as time goes by. With 1, a difficulty of 1 gives one block an interval; with 2 twice as many, until the difficulty
/// follows.
/// </summary>
public abstract record HashPower
{
    /// <summary>The power at a time, above 0.</summary>
    /// <param name="sinceStart">Time since the first block.</param>
    public abstract double At(TimeSpan sinceStart);

    /// <summary>Whether it never changes.</summary>
    internal virtual bool IsConstant => false;

    /// <summary>Always the same.</summary>
    /// <param name="power">Above 0.</param>
    public static HashPower Constant(double power = 1) => new ConstantPower(Checked(power));

    /// <summary>Begins at 1 and doubles again and again.</summary>
    /// <param name="every">How long it takes to double.</param>
    public static HashPower Doubling(TimeSpan every) => every > TimeSpan.Zero
        ? new DoublingPower(every)
        : throw new ArgumentOutOfRangeException(nameof(every), every, "Power cannot double in no time; give a length above 0.");

    /// <summary>Begins at 1 and jumps to another value at each time given.</summary>
    /// <param name="steps">When, and to what; times ascending.</param>
    public static HashPower Steps(params (TimeSpan At, double Power)[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        for (var index = 0; index < steps.Length; index++)
        {
            _ = Checked(steps[index].Power);
            if (index > 0 && steps[index].At < steps[index - 1].At) throw new ArgumentException("Give the steps in the order of their times.", nameof(steps));
        }

        return new SteppedPower([.. steps]);
    }

    private static double Checked(double power) => power is > 0 and < 1e30
        ? power
        : throw new ArgumentOutOfRangeException(nameof(power), power, "Somebody has to mine: give a power above 0.");

    private sealed record ConstantPower(double Power) : HashPower
    {
        internal override bool IsConstant => true;

        public override double At(TimeSpan sinceStart) => Power;
    }

    private sealed record DoublingPower(TimeSpan Every) : HashPower
    {
        public override double At(TimeSpan sinceStart) => Math.Pow(2, sinceStart / Every);
    }

    private sealed record SteppedPower(IReadOnlyList<(TimeSpan At, double Power)> All) : HashPower
    {
        public override double At(TimeSpan sinceStart)
        {
            var power = 1.0;
            foreach (var step in All)
            {
                if (step.At <= sinceStart) power = step.Power;
            }

            return power;
        }
    }
}
