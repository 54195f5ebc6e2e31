using System.Numerics;

namespace Workbook.Spark;

/// <summary>Actions of numbers.</summary>
public static class NumberRdd
{
    /// <summary>The sum, taken in the order of records and then of partitions; 0 of none.</summary>
    public static T Sum<T>(this Rdd<T> numbers)
        where T : INumber<T> => numbers.Aggregate(T.Zero, (sum, each) => sum + each, (left, right) => left + right);

    /// <summary>The mean.</summary>
    /// <exception cref="SparkException">There are no numbers.</exception>
    public static double Mean<T>(this Rdd<T> numbers)
        where T : INumber<T>
    {
        var (sum, count) = numbers.Aggregate(
            (Sum: 0.0, Count: 0L),
            (all, each) => (all.Sum + double.CreateChecked(each), all.Count + 1),
            (left, right) => (left.Sum + right.Sum, left.Count + right.Count));
        return count > 0 ? sum / count : throw new SparkException($"{numbers.Label} has no records, so it has no mean.");
    }

    /// <summary>The smallest number.</summary>
    /// <exception cref="SparkException">There are no numbers.</exception>
    public static T Min<T>(this Rdd<T> numbers)
        where T : INumber<T> => numbers.Reduce(T.Min);

    /// <summary>The largest number.</summary>
    /// <exception cref="SparkException">There are no numbers.</exception>
    public static T Max<T>(this Rdd<T> numbers)
        where T : INumber<T> => numbers.Reduce(T.Max);
}
