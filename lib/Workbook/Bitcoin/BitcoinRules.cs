namespace Workbook.Bitcoin;

/// <summary>Bitcoin's precautions, all on. Switch one off and look for the run in which that goes wrong.</summary>
public sealed record BitcoinRules
{
    /// <summary>All precautions.</summary>
    public static readonly BitcoinRules All = new();

    /// <summary>
    /// Of two branches the one with most work counts (§4). Without it the one with most blocks does: a branch that was let down to a low difficulty has
    /// many blocks with little work, and wins.
    /// </summary>
    public bool MostWorkWins { get; init; } = true;

    /// <summary>
    /// An input spends only what is unspent on its own branch, and of two payments of a coin a peer keeps the first (§2, §5). Without it: any output
    /// that was ever made will do, and the same coin is spent twice.
    /// </summary>
    public bool SpendOnlyUnspentOnThisBranch { get; init; } = true;

    /// <summary>The target follows the time that blocks take (§4). Without it: blocks come the faster the more power there is.</summary>
    public bool Retarget { get; init; } = true;

    /// <summary>
    /// Transactions of blocks that are no longer on the best branch go back to the memory pool. Without it: a payment that was only in the
    /// abandoned branch vanishes.
    /// </summary>
    public bool ReturnOrphanedTransactions { get; init; } = true;
}
