namespace Workbook.Draw;

/// <summary>The smallest and the largest finite number of a series; empty when there is none.</summary>
internal readonly record struct Extent(double Min, double Max)
{
    public static readonly Extent Empty = new(double.PositiveInfinity, double.NegativeInfinity);

    public bool IsEmpty => Min > Max;

    public static Extent Of(IEnumerable<double> values)
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
                continue;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }
        return new(min, max);
    }

    public static Extent Around(IEnumerable<Extent> parts) => parts.Aggregate(Empty, (all, part) => all.With(part));

    public Extent With(Extent other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    public Extent With(double value) => With(new Extent(value, value));

    /// <summary>A little air at both ends; on a logarithmic axis the air is a factor.</summary>
    public Extent Padded(bool isLog)
    {
        if (isLog && Min > 0)
            return new(Min / 1.2, Max * 1.2);
        var air = Max > Min ? 0.04 * (Max - Min) : Math.Max(1, Math.Abs(Max) * 0.1);
        return new(Min < 0 || Min - air > 0 ? Min - air : 0, Max + air);
    }
}
