using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>Servers that cannot reach each other, while clerks still reach them all.</summary>
public sealed partial class StoreBench
{
    /// <summary>Divides the servers into these and the others, in place of any earlier division.</summary>
    public void Partition(params IReadOnlyList<NodeId> one)
    {
        NodeId[] other = [.. Servers.Except(one)];
        var sides = string.Join(" | ", new[] { one, other }.Where(side => side.Count > 0).Select(side => string.Join(" ", side)));
        if (!Step($"partition {sides}")) return;
        if (one.Count > 0 && other.Length > 0) Came("a partition");
        foreach (var from in Servers)
        {
            foreach (var to in Servers.Where(to => to != from)) Link(from, to, one.Contains(from) == one.Contains(to));
        }
    }

    /// <summary>A majority without the leader, and the leader with the rest.</summary>
    public (IReadOnlyList<NodeId> Majority, IReadOnlyList<NodeId> Minority) MakePartition()
    {
        var leader = Leader();
        NodeId[] majority = [.. Servers.Where(server => server != leader).Take(Servers.Count / 2 + 1)];
        return (majority, [.. Servers.Except(majority)]);
    }

    /// <summary>All servers reach each other.</summary>
    public void ConnectAll() => Partition([.. Servers]);

    /// <summary>Stops all servers, and boots them again after a while.</summary>
    public async Task RestartAll()
    {
        Crash(Servers);
        await Sleep(ElectionTimeout);
        Restart(Servers.Where(server => !Run[server].IsUp));
        ConnectAll();
    }

    private void Link(NodeId one, NodeId other, bool isWhole)
    {
        if (isWhole)
        {
            Run.Network.Mend(one, other);
            Run.Network.Mend(other, one);
        }
        else
        {
            Run.Network.Cut(one, other);
            Run.Network.Cut(other, one);
        }
    }
}
