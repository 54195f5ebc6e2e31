namespace Workbook.Sim;

/// <summary>The name of a machine, as the paper or the lecture calls it: <c>s1</c>, <c>coordinator</c>, <c>client2</c>.</summary>
/// <param name="Name">The name.</param>
public readonly record struct NodeId(string Name)
{
    public bool Equals(NodeId other) => string.Equals(Name, other.Name, StringComparison.Ordinal);

    // Differs from process to process, so no code may enumerate in hash order; looking up is safe.
    public override int GetHashCode() => Name is null ? 0 : string.GetHashCode(Name);

    public override string ToString() => Name ?? "nobody";

    public static implicit operator NodeId(string name) => new(name);
}
