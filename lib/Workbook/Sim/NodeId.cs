namespace Workbook.Sim;

/// <summary>The name of a machine, as the paper or the lecture calls it: <c>s1</c>, <c>coordinator</c>, <c>client2</c>.</summary>
/// <param name="Name">The name.</param>
public readonly record struct NodeId(string Name)
{
    public bool Equals(NodeId other) => Name == other.Name;

    // The same in every process, so that nobody's enumeration in hash order differs from one to the next; and names are short.
    public override int GetHashCode()
    {
        var hash = 0x811C9DC5u;
        foreach (var letter in Name ?? "") hash = (hash ^ letter) * 0x01000193;
        return (int)hash;
    }

    public override string ToString() => Name ?? "nobody";

    public static implicit operator NodeId(string name) => new(name);
}
