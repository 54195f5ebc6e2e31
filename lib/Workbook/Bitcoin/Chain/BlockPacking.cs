namespace Workbook.Bitcoin;

/// <summary>
/// Which transactions go into a block: again and again the one that pays most for its weight together with those that it cannot do without, so that a
/// child can pay for its parent; until nothing more fits.
/// </summary>
internal sealed class BlockPacking
{
    private readonly HashSet<PooledTransaction> _taken = [];
    private readonly List<PooledTransaction> _chosen = [];
    private readonly Dictionary<PooledTransaction, int> _version = [];
    private readonly PriorityQueue<(PooledTransaction Transaction, int Version), (double Rate, int Order)> _queue = new();
    private int _weightLeft;
    private long _checksLeft = Block.MostSignatureChecks;

    private BlockPacking(int weight) => _weightLeft = weight;

    /// <summary>The transactions to take, each after its parents.</summary>
    /// <param name="pool">All that wait.</param>
    /// <param name="weight">What they may weigh together.</param>
    public static IReadOnlyList<PooledTransaction> Choose(IReadOnlyList<PooledTransaction> pool, int weight)
    {
        var packing = new BlockPacking(weight);
        foreach (var transaction in pool) packing.Enqueue(transaction);
        packing.Pack();
        return packing._chosen;
    }

    private void Pack()
    {
        while (_queue.TryDequeue(out var next, out _))
        {
            if (_taken.Contains(next.Transaction) || next.Version != _version[next.Transaction]) continue;
            var package = Package(next.Transaction);
            var (weight, checks) = (package.Sum(one => one.Weight), package.Sum(one => one.SignatureChecks));
            if (weight > _weightLeft || checks > _checksLeft) continue;
            (_weightLeft, _checksLeft) = (_weightLeft - weight, _checksLeft - checks);
            _chosen.AddRange(package);
            _taken.UnionWith(package);

            // Those that had to bring what is now taken weigh less, and are judged anew.
            var children = package.SelectMany(one => PooledTransaction.Closure(one, pooled => pooled.Children)).Distinct();
            foreach (var child in children.Where(one => !_taken.Contains(one))) Enqueue(child);
        }
    }

    private void Enqueue(PooledTransaction transaction)
    {
        var package = Package(transaction);
        var rate = (double)package.Sum(one => one.Fee) / package.Sum(one => one.Weight);
        var version = _version[transaction] = _version.GetValueOrDefault(transaction) + 1;
        _queue.Enqueue((transaction, version), (-rate, transaction.Order));
    }

    private IReadOnlyList<PooledTransaction> Package(PooledTransaction transaction) =>
        transaction.Parents.Count == 0 ? [transaction]
        : [.. PooledTransaction.Closure(transaction, one => one.Parents).Where(one => !_taken.Contains(one))];
}
