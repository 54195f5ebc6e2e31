using Workbook.Sim;

namespace Workbook.Bitcoin;

// Simulated peers hand over blocks and transactions as they are; what real nodes write around them on the wire is left out.

/// <summary>What a peer has to give (§5): names alone, so that nobody is sent what it has.</summary>
/// <param name="Blocks">Hashes of blocks.</param>
/// <param name="Transactions">Ids of transactions.</param>
[InProcess]
public sealed record Inventory(IReadOnlyList<Hash256> Blocks, IReadOnlyList<Hash256> Transactions) : Message;

/// <summary>Asks for what an <see cref="Inventory"/> named, or for the parent of a block ("a block requests the missing one", §5).</summary>
/// <param name="Blocks">Hashes of blocks.</param>
/// <param name="Transactions">Ids of transactions.</param>
[InProcess]
public sealed record GetData(IReadOnlyList<Hash256> Blocks, IReadOnlyList<Hash256> Transactions) : Message;

/// <summary>A whole block.</summary>
[InProcess]
public sealed record BlockMessage : Message
{
    /// <param name="block">The block.</param>
    public BlockMessage(Block block)
    {
        ArgumentNullException.ThrowIfNull(block);
        (Hash, Block) = (block.Hash, block);
    }

    /// <summary>Its name.</summary>
    public Hash256 Hash { get; }

    internal Block Block { get; }

    /// <inheritdoc/>
    public override long WireBytes() => Block.Size;
}

/// <summary>A whole transaction.</summary>
[InProcess]
public sealed record TransactionMessage : Message
{
    /// <param name="transaction">The transaction.</param>
    public TransactionMessage(Transaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        (Txid, Transaction) = (transaction.Txid, transaction);
    }

    /// <summary>Its name.</summary>
    public Hash256 Txid { get; }

    internal Transaction Transaction { get; }

    /// <inheritdoc/>
    public override long WireBytes() => Transaction.Size;
}

/// <summary>Asks for the blocks after the last one that both have; the answer is an <see cref="Inventory"/>.</summary>
/// <param name="Locator">See <see cref="BlockChain.Locator"/>.</param>
[InProcess]
public sealed record GetBlocks(IReadOnlyList<Hash256> Locator) : Message;

/// <summary>Without proof of work: which payment of a coin did you see first?</summary>
/// <param name="Coin">The coin.</param>
[InProcess]
public sealed record WhichFirst(OutPoint Coin) : Message;

/// <summary>Without proof of work: one identity's word.</summary>
/// <param name="Coin">The coin.</param>
/// <param name="Transaction">The payment that the identity says was first; null when it knows of none.</param>
[InProcess]
public sealed record Vote(OutPoint Coin, Hash256? Transaction) : Message;
