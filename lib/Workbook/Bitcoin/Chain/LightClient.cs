namespace Workbook.Bitcoin;

/// <summary>
/// A client that keeps only headers (§8): 80 bytes for each block. It follows the branch with most work as peers do, and takes a payment for
/// made when a Merkle proof links it to a block there. It cannot see whether a block's transactions are valid: that others built on it must do.
/// </summary>
/// <param name="rules">The network's numbers.</param>
/// <param name="precautions">Which precautions are taken; all when left out.</param>
public sealed class LightClient(ChainRules rules, BitcoinRules? precautions = null)
{
    /// <summary>All headers.</summary>
    public BlockTree Tree { get; } = new(rules, precautions);

    /// <summary>The last header of the branch with most work.</summary>
    public KnownBlock Tip => Tree.Best;

    /// <summary>How many blocks stand before the last one.</summary>
    public int Height => Tip.Height;

    /// <summary>Takes a header whose parent is known.</summary>
    /// <param name="header">The header.</param>
    /// <param name="now">The client's clock, in seconds since 1970; when left out no header is from the future.</param>
    /// <returns>Null when it was taken or known; else why not, and the client is as before.</returns>
    public BitcoinException? Add(BlockHeader header, long? now = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (Tree.Find(header.Hash) is not null) return null;
        if (Tree.Fault(header, now) is { } fault) return fault;
        Tree.Add(header, now);
        return null;
    }

    /// <summary>Takes headers one after the other, up to the first that is wrong.</summary>
    /// <returns>Null when all were taken or known; else why not the one after those that were.</returns>
    public BitcoinException? Add(IEnumerable<BlockHeader> headers, long? now = null)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return headers.Select(header => Add(header, now)).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>How many blocks confirm a payment, by what a peer shows of it.</summary>
    /// <param name="payment">What the peer shows.</param>
    /// <returns>1 when it stands in the last block; 0 when its block is not on the branch with most work.</returns>
    /// <exception cref="BitcoinException">The proof does not show that the transaction is in the block, or the block is not known.</exception>
    public int Confirmations(ProvedPayment payment)
    {
        ArgumentNullException.ThrowIfNull(payment);
        if (Tree.Find(payment.Block) is not { } block)
            throw new BitcoinException(BitcoinError.UnknownParent, $"Block {payment.Block} is not known; ask for its header first.");
        if (payment.Proof.Fault(payment.Transaction, block.Header, payment.Coinbase, payment.CoinbaseProof) is { } fault) throw fault;
        return block.Height <= Height && Tip.At(block.Height) == block ? Height - block.Height + 1 : 0;
    }
}

/// <summary>What a full peer shows a light client of a transaction (§8); the coinbase with it, so that nothing of the tree's shape is taken on trust.</summary>
/// <param name="Block">The block's hash.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="Proof">That it is in the block.</param>
/// <param name="Coinbase">The block's first transaction.</param>
/// <param name="CoinbaseProof">That it is there.</param>
public sealed record ProvedPayment(Hash256 Block, Transaction Transaction, MerkleProof Proof, Transaction Coinbase, MerkleProof CoinbaseProof)
{
    /// <summary>What a peer with the whole block shows of one of its transactions.</summary>
    /// <param name="block">The block.</param>
    /// <param name="txid">The transaction's id.</param>
    /// <exception cref="ArgumentException">It is not in the block.</exception>
    public static ProvedPayment Of(Block block, Hash256 txid)
    {
        ArgumentNullException.ThrowIfNull(block);
        var index = block.Transactions.TakeWhile(transaction => transaction.Txid != txid).Count();
        if (index == block.Transactions.Count) throw new ArgumentException($"Block {block.Hash} does not hold transaction {txid}.", nameof(txid));
        var tree = block.MerkleTree;
        return new ProvedPayment(block.Hash, block.Transactions[index], tree.Proof(index), block.Transactions[0], tree.Proof(0));
    }
}
