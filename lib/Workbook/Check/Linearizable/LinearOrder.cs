namespace Workbook.Check;

/// <summary>Orders of operations, and the points in time at which each of them can be thought to happen.</summary>
internal static class LinearOrder
{
    /// <summary>
    /// One order of all from an order of each object (Herlihy and Wing 1990, theorem 1): each operation is given the earliest time that
    /// its object's order leaves it, which is before its return, and all are sorted by that.
    /// </summary>
    public static IReadOnlyList<Operation> Merge(IEnumerable<IReadOnlyList<Operation>> orders)
    {
        var all = orders.ToList();
        if (all.Count == 1) return all[0];
        var points = new List<(long At, Operation Operation)>();
        foreach (var order in all)
        {
            var at = long.MinValue;
            foreach (var operation in order) points.Add((at = Math.Max(at, operation.Invoked), operation));
        }

        return [.. points.OrderBy(point => point.At).Select(point => point.Operation)];
    }
}
