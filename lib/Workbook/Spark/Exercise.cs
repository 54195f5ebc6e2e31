using Workbook.Parts;
using Workbook.Sim;

namespace Workbook.Spark;

/// <summary>Checks the exercises of lecture 15. Each check says what is wrong, not just that something is.</summary>
public static class Exercise
{
    private const int Records = 20_000;
    private const int Parts = 4;

    private static readonly string[] Cities = ["Boston", "Cambridge", "Somerville", "Medford", "Quincy"];

    /// <summary>Exercise 1: the mean of each key's values, with no more records through the shuffle than there are keys in each partition.</summary>
    /// <param name="means">Makes the means of a dataset of cities and temperatures.</param>
    public static ExerciseResult CheckMeans(Func<Rdd<(string Key, int Value)>, Rdd<(string Key, double Value)>> means)
    {
        ArgumentNullException.ThrowIfNull(means);
        var random = new Rng(15);
        var records = Enumerable.Range(0, Records).Select(_ => (Key: random.Pick<string>(Cities), Value: random.Next(-10, 35))).ToArray();
        var spark = new SparkContext(new SparkOptions { Partitions = Parts });
        var found = means(spark.Parallelize(records, Parts)).Collect();
        foreach (var group in records.GroupBy(record => record.Key))
        {
            var mine = found.Where(mean => mean.Key == group.Key).ToList();
            if (mine.Count != 1) return ExerciseResult.NotYet($"{group.Key} should be there once; it is there {Times(mine.Count)}.");
            var right = group.Average(record => record.Value);
            if (Math.Abs(mine[0].Value - right) <= 1e-9) continue;
            return ExerciseResult.NotYet($"The mean of {group.Key} is {right:0.####}; yours is {mine[0].Value:0.####}. "
                + "The mean of two means is not the mean: what can be added up in any order, so that the mean follows at the end?");
        }

        if (found.Length > Cities.Length) return ExerciseResult.NotYet($"There are {Cities.Length} cities; you have {found.Length}.");
        var shuffled = spark.Jobs.Sum(job => job.ShuffledRecords);
        return shuffled <= Cities.Length * Parts
            ? ExerciseResult.Right($"All means are right, and of {Records:N0} records {shuffled} went through the shuffle: one a key and partition.")
            : ExerciseResult.NotYet($"The means are right, but {shuffled:N0} records went through the shuffle. {Cities.Length} cities in {Parts} partitions "
                + $"need {Cities.Length * Parts}: add up before the shuffle what can be added up.");
    }

    /// <summary>Exercise 2: how many shuffles a dataset needs when nothing is kept.</summary>
    /// <param name="rdd">Any dataset.</param>
    /// <param name="answer">The reader's answer.</param>
    public static ExerciseResult CheckShuffles(Rdd rdd, int answer)
    {
        ArgumentNullException.ThrowIfNull(rdd);
        var wide = SparkContext.Lineage(rdd).SelectMany(child => child.Dependencies.OfType<WideDependency>().Select(dependency => (child, dependency)))
            .DistinctBy(each => each.dependency.Shuffle).OrderBy(each => each.dependency.Shuffle).Select(each => each.child.Operation).ToList();
        var list = wide.Count == 0 ? "none" : string.Join(", ", wide);
        return answer == wide.Count
            ? ExerciseResult.Right($"Shuffles of this lineage: {list}. Everything else is computed partition by partition.")
            : ExerciseResult.NotYet(answer > wide.Count
                ? "Fewer. An operation that needs all records of a key together needs no shuffle if they are together already: which partitioner has its parent?"
                : "More. Which operations need records of every partition of their parent, to make one of theirs?");
    }

    private static string Times(int count) => count == 0 ? "not at all" : $"{count} times";
}
