using System.Globalization;
using Workbook.Sim;

namespace Workbook.Spark.Apps;

/// <summary>
/// Points to learn from, drawn from a seed or read from lines of text: numbers with spaces or tabs between. Never change the array of a point.
/// </summary>
public static class Points
{
    /// <summary>Points of two classes, +1 and −1 in turn, about (0.7, 0.7, …) and (−0.7, −0.7, …) with deviation 1.</summary>
    public static Rdd<(double[] X, double Y)> OfTwoClasses(SparkContext spark, int count, int dimensions = 10, ulong seed = 1, int? partitions = null) =>
        Drawn(spark, count, dimensions, partitions, at =>
        {
            var random = new Rng(seed).Fork(at);
            var y = at % 2 == 0 ? 1.0 : -1.0;
            return (Around(random, dimensions, _ => 0.7 * y), y);
        });

    /// <summary>Points about centres in turn, which are drawn from −10 to 10 in each dimension, with deviation 1.</summary>
    public static Rdd<double[]> InGroups(SparkContext spark, int count, int groups, int dimensions = 10, ulong seed = 1, int? partitions = null)
    {
        if (groups < 1) throw new SparkException($"Points cannot be about {groups} centres: ask for 1 or more.");
        var places = new Rng(seed).Fork("centres");
        var axes = Enumerable.Range(0, Math.Max(1, dimensions));
        var centres = Enumerable.Range(0, groups).Select(_ => axes.Select(_ => (20 * places.NextDouble()) - 10).ToArray()).ToArray();
        return Drawn(spark, count, dimensions, partitions, at => Around(new Rng(seed).Fork(at), dimensions, axis => centres[at % groups][axis]));
    }

    /// <summary>A point's line of text, for <c>SaveAsTextFile</c>.</summary>
    public static string ToLine(double[] point) => string.Join(' ', point.Select(x => x.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A point's line of text: its class first, and then its coordinates.</summary>
    public static string ToLine((double[] X, double Y) point) => ToLine([point.Y, .. point.X]);

    /// <summary>Points from lines. An action fails with file, line and what should be there if a word is no number.</summary>
    public static Rdd<double[]> Parse(Rdd<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.Map(line => Numbers(line, 1, "a point was expected, numbers with spaces between, such as '0.5 -2'"));
    }

    /// <summary>Points of two classes from lines. An action fails with file, line and what should be there if a line is none.</summary>
    public static Rdd<(double[] X, double Y)> ParseTwoClasses(Rdd<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.Map(line =>
        {
            const string Wanted = "a class (1 or -1) and a point were expected, numbers with spaces between, such as '-1 0.5 -2'";
            var numbers = Numbers(line, 2, Wanted);
            return numbers[0] is 1 or -1 ? (numbers[1..], numbers[0]) : throw new FormatException($"{Wanted}, and {numbers[0]} is no class");
        });
    }

    internal static double[] Sum(double[] a, double[] b)
    {
        Like(a, b);
        var sum = new double[a.Length];
        for (var at = 0; at < sum.Length; at++) sum[at] = a[at] + b[at];
        return sum;
    }

    internal static void Like(double[] a, double[] b)
    {
        if (a.Length != b.Length) throw new FormatException($"a point has {b.Length} coordinates, and the first one has {a.Length}");
    }

    private static Rdd<T> Drawn<T>(SparkContext spark, int count, int dimensions, int? partitions, Func<int, T> draw)
    {
        ArgumentNullException.ThrowIfNull(spark);
        if (count < 0) throw new SparkException($"There cannot be {count} points.");
        if (dimensions < 1) throw new SparkException($"A point needs at least 1 dimension; it was given {dimensions}.");
        return spark.Range(0, count, partitions).Map(at => draw((int)at));
    }

    private static double[] Around(Rng random, int dimensions, Func<int, double> centre)
    {
        var point = new double[dimensions];
        for (var axis = 0; axis < point.Length; axis++) point[axis] = random.NextNormal(centre(axis), 1);
        return point;
    }

    private static double[] Numbers(string line, int least, string wanted)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < least) throw new FormatException($"{wanted}, and there are {words.Length} words");
        return Array.ConvertAll(words, word =>
            double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number : throw new FormatException($"{wanted}, and '{word}' is no number"));
    }
}
