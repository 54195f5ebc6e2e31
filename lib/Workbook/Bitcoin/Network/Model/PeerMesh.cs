using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>Who is connected to whom: each peer opens some connections, and messages go both ways (§5, "best effort").</summary>
internal static class PeerMesh
{
    /// <summary>Each peer's neighbours, ascending; all peers can be reached from any.</summary>
    /// <param name="links">How many connections each peer opens, 1 or more.</param>
    /// <param name="random">Decides to whom.</param>
    public static int[][] Draw(IReadOnlyList<int> links, Rng random)
    {
        var count = links.Count;
        var neighbours = Enumerable.Range(0, count).Select(_ => new SortedSet<int>()).ToArray();
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order.AsSpan());

        // One way through all peers, so that nobody is left out; the rest at random.
        for (var place = 1; place < count; place++) Connect(order[place - 1], order[place]);
        for (var peer = 0; peer < count; peer++)
        {
            var wanted = Math.Min(links[peer], count - 1);
            for (var opened = 1; opened < wanted && neighbours[peer].Count < count - 1;)
            {
                var other = random.Next(count);
                if (other == peer || neighbours[peer].Contains(other)) continue;
                Connect(peer, other);
                opened++;
            }
        }

        return [.. neighbours.Select(set => set.ToArray())];

        void Connect(int one, int other)
        {
            neighbours[one].Add(other);
            neighbours[other].Add(one);
        }
    }
}
