namespace Workbook.Bitcoin;

/// <summary>Blocks or headers whose parent is not known yet. There is room for so many; then the one that has waited longest is let go.</summary>
internal sealed class WaitingBlocks<T>(int most)
{
    private readonly LinkedList<(Hash256 Hash, Hash256 Parent, T Block)> _inOrder = [];
    private readonly Dictionary<Hash256, LinkedListNode<(Hash256 Hash, Hash256 Parent, T Block)>> _byHash = [];
    private readonly Dictionary<Hash256, List<Hash256>> _byParent = [];

    /// <summary>How many are waiting.</summary>
    public int Count => _byHash.Count;

    /// <summary>Whether a block is waiting.</summary>
    public bool Contains(Hash256 hash) => _byHash.ContainsKey(hash);

    /// <summary>Lets a block wait for its parent.</summary>
    public void Add(Hash256 hash, Hash256 parent, T block)
    {
        if (most == 0 || Contains(hash)) return;
        if (Count == most) Remove(_inOrder.First!.Value.Hash);
        _byHash.Add(hash, _inOrder.AddLast((hash, parent, block)));
        if (!_byParent.TryGetValue(parent, out var children)) _byParent.Add(parent, children = []);
        children.Add(hash);
    }

    /// <summary>Takes out those that waited for this one, in the order in which they came.</summary>
    public IReadOnlyList<T> TakeChildrenOf(Hash256 parent)
    {
        if (!_byParent.TryGetValue(parent, out var children)) return [];
        List<T> taken = [.. children.Select(hash => _byHash[hash].Value.Block)];
        foreach (var hash in children.ToArray()) Remove(hash);
        return taken;
    }

    private void Remove(Hash256 hash)
    {
        if (!_byHash.Remove(hash, out var node)) return;
        _inOrder.Remove(node);
        var siblings = _byParent[node.Value.Parent];
        siblings.Remove(hash);
        if (siblings.Count == 0) _byParent.Remove(node.Value.Parent);
    }
}
