using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>A transaction that waits in the memory pool to be put in a block.</summary>
[TypeFormatterSource]
public sealed class PooledTransaction : IDisplay
{
    internal PooledTransaction(Transaction transaction, long fee, long signatureChecks, int order, IEnumerable<PooledTransaction> parents)
    {
        (Transaction, Fee, SignatureChecks, Order, ParentList, Weight) = (transaction, fee, signatureChecks, order, [.. parents], transaction.Weight);
        foreach (var parent in ParentList) parent.ChildList.Add(this);
    }

    /// <summary>The transaction.</summary>
    public Transaction Transaction { get; }

    /// <summary>What it leaves to the miner, in satoshis.</summary>
    public long Fee { get; }

    /// <summary>Four for each byte outside of witnesses and one for each byte of them.</summary>
    public int Weight { get; }

    /// <summary>The signature checks that it can ask for, as a block counts them.</summary>
    public long SignatureChecks { get; }

    /// <summary>How many transactions had been taken before it.</summary>
    public int Order { get; }

    /// <summary>The transactions of the pool that it spends from: they must come before it.</summary>
    public IReadOnlyList<PooledTransaction> Parents => ParentList;

    /// <summary>The transactions of the pool that spend from it.</summary>
    public IReadOnlyList<PooledTransaction> Children => ChildList;

    /// <summary>Satoshis for each virtual byte, which is four of weight: what miners sort by.</summary>
    public double FeeRate => 4.0 * Fee / Weight;

    internal List<PooledTransaction> ParentList { get; }

    internal List<PooledTransaction> ChildList { get; } = [];

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The id and the fee.</summary>
    public override string ToString() => $"{Transaction.Txid}: fee {Money.Text(Fee)}, weight {Weight}";

    /// <summary>The transaction and those that it cannot do without, or that cannot do without it, in the order in which they came.</summary>
    internal static IReadOnlyList<PooledTransaction> Closure(PooledTransaction start, Func<PooledTransaction, IReadOnlyList<PooledTransaction>> next)
    {
        var found = new HashSet<PooledTransaction> { start };
        var left = new Stack<PooledTransaction>([start]);
        while (left.TryPop(out var one))
        {
            foreach (var other in next(one))
                if (found.Add(other)) left.Push(other);
        }

        return [.. found.OrderBy(one => one.Order)];
    }
}
