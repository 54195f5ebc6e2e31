namespace Workbook.Spark.Shuffle;

/// <summary>How the values of a key become one value: <c>reduceByKey</c> and all that is made like it.</summary>
/// <param name="Create">The beginning, from a key's first value.</param>
/// <param name="Add">One value more.</param>
/// <param name="Merge">What two map tasks have come to, put together in the order of the tasks.</param>
/// <param name="CombinesBeforeShuffle">Whether map tasks combine what they have of a key, so that only one record of it crosses the network from each.</param>
internal sealed record Aggregator<TValue, TCombined>(
    Func<TValue, TCombined> Create, Func<TCombined, TValue, TCombined> Add, Func<TCombined, TCombined, TCombined> Merge, bool CombinesBeforeShuffle = true);
