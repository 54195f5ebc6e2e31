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

    /// <summary>
    /// Which payment of a coin was first is settled by proof of work, not by asking peers (§4). Without it each identity has a vote, and whoever makes up
    /// enough of them shows different sellers different ledgers.
    /// </summary>
    public bool CountWorkNotIdentities { get; init; } = true;

    /// <summary>A seller waits until a payment is some blocks deep (§11). Without it: it takes what it has only heard of, and the payment is undone.</summary>
    public bool WaitForConfirmations { get; init; } = true;

    /// <summary>
    /// A block takes far longer than it is on its way (§5). Without it: blocks are found while others are on their way, and much of the work is lost.
    /// </summary>
    public bool BlocksFarApart { get; init; } = true;

    /// <summary>
    /// Miners send what they find at once (§6 hopes so). Without it: a miner with much of the hashing that keeps its blocks back gets more than its share
    /// (Eyal and Sirer 2014).
    /// </summary>
    public bool MineHonestly { get; init; } = true;
}
