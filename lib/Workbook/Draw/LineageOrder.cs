namespace Workbook.Draw;

/// <summary>Orders of things of which some come before others; things are numbered, and among equals the lower number goes first.</summary>
internal static class LineageOrder
{
    /// <summary>All things that are in no circle nor behind one, each after those it depends on.</summary>
    public static List<int> Sorted(int count, IReadOnlyCollection<(int From, int To)> edges)
    {
        var waiting = new int[count];
        foreach (var (_, to) in edges)
            waiting[to]++;
        var below = edges.ToLookup(edge => edge.From, edge => edge.To);
        var ready = new SortedSet<int>(Enumerable.Range(0, count).Where(thing => waiting[thing] == 0));
        var sorted = new List<int>(count);
        while (ready.Count > 0)
        {
            var next = ready.Min;
            ready.Remove(next);
            sorted.Add(next);
            foreach (var to in below[next])
            {
                if (--waiting[to] == 0)
                    ready.Add(to);
            }
        }
        return sorted;
    }

    /// <summary>A circle of things, each of which comes before the next, and the last of them before the first; empty when there is none.</summary>
    public static List<int> Circle(int count, IReadOnlyCollection<(int From, int To)> edges)
    {
        var left = Enumerable.Range(0, count).Except(Sorted(count, edges)).ToHashSet();
        if (left.Count == 0)
            return [];
        // Each of those left has one of them before it, so that walking back must come round.
        var above = edges.Where(edge => left.Contains(edge.From)).ToLookup(edge => edge.To, edge => edge.From);
        var walked = new List<int> { left.Min() };
        while (true)
        {
            var next = above[walked[^1]].First();
            var met = walked.IndexOf(next);
            walked.Add(next);
            if (met >= 0)
                return [.. walked.Skip(met + 1).Reverse()];
        }
    }

    /// <summary>
    /// A level for each thing, the first being 0, so that each stands below all it depends on: as high as can be, and then, where that makes
    /// lines shorter, down again to what is made from it.
    /// </summary>
    public static int[] Levels(int count, IReadOnlyCollection<(int From, int To)> edges)
    {
        var (above, below) = (edges.ToLookup(edge => edge.To, edge => edge.From), edges.ToLookup(edge => edge.From, edge => edge.To));
        var sorted = Sorted(count, edges);
        var levels = new int[count];
        foreach (var thing in sorted)
            levels[thing] = above[thing].Select(from => levels[from] + 1).DefaultIfEmpty().Max();
        foreach (var thing in Enumerable.Reverse(sorted))
        {
            if (below[thing].Any() && below[thing].Count() >= above[thing].Count())
                levels[thing] = below[thing].Min(to => levels[to]) - 1;
        }
        return levels;
    }
}
