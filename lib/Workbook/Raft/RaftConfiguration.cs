using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>
/// Which servers make up the group (§6). While it passes from an old set to a new one, both stand here, and every decision needs a
/// majority of each.
/// </summary>
public sealed class RaftConfiguration
{
    private readonly NodeId[] _old;
    private readonly NodeId[] _new;

    private RaftConfiguration(NodeId[] old, NodeId[] @new)
    {
        (_old, _new) = (old, @new);
        Servers = _new.Length == 0 ? _old : [.. _old.Union(_new)];
    }

    /// <summary>The servers that vote; of the old and of the new set in between.</summary>
    public IReadOnlyList<NodeId> Servers { get; }

    /// <summary>Whether old and new set must both agree.</summary>
    public bool IsJoint => _new.Length > 0;

    /// <summary>The set that a joint configuration leads to; otherwise the set itself.</summary>
    public RaftConfiguration Target => IsJoint ? new(_new, []) : this;

    /// <summary>One set of servers.</summary>
    public static RaftConfiguration Of(IEnumerable<NodeId> servers)
    {
        NodeId[] set = [.. servers];
        if (set.Distinct().Count() != set.Length) throw new ArgumentException($"{string.Join(" ", set)} names a server twice.");
        return new(set, []);
    }

    /// <summary>The passage from this set to another: C-old,new of §6.</summary>
    public RaftConfiguration JointWith(IEnumerable<NodeId> servers) => new(_old, Of(servers)._old);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static RaftConfiguration Parse(string text)
    {
        var sides = text.Split(" -> ");
        return new(Set(sides[0]), sides.Length > 1 ? Set(sides[1]) : []);

        static NodeId[] Set(string names) => [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new NodeId(name))];
    }

    /// <summary>Whether the server votes.</summary>
    public bool Contains(NodeId server) => Servers.Contains(server);

    /// <summary>Whether those that <paramref name="agrees"/> picks are a majority, of each set when there are two.</summary>
    public bool HasMajority(Func<NodeId, bool> agrees) => Majority(_old, agrees) && (!IsJoint || Majority(_new, agrees));

    /// <summary>The largest value that a majority has reached, of each set when there are two.</summary>
    public long ReachedByMajority(Func<NodeId, long> value) =>
        IsJoint ? Math.Min(Reached(_old, value), Reached(_new, value)) : Reached(_old, value);

    /// <summary><c>s1 s2 s3</c>, or <c>s1 s2 s3 -> s3 s4 s5</c>.</summary>
    public override string ToString() => IsJoint ? $"{string.Join(" ", _old)} -> {string.Join(" ", _new)}" : string.Join(" ", _old);

    private static bool Majority(NodeId[] set, Func<NodeId, bool> agrees)
    {
        var count = 0;
        foreach (var server in set)
        {
            if (agrees(server)) count++;
        }

        return count > set.Length / 2;
    }

    private static long Reached(NodeId[] set, Func<NodeId, long> value)
    {
        Span<long> values = stackalloc long[set.Length];
        for (var index = 0; index < set.Length; index++) values[index] = value(set[index]);
        values.Sort();
        return set.Length == 0 ? 0 : values[(set.Length - 1) / 2];
    }
}
