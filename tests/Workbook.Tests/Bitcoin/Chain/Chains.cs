using Workbook.Bitcoin;
using Workbook.Parts.Keys;

namespace Workbook.Tests.Bitcoin.Chain;

/// <summary>Small chains to test on: outputs that anybody may spend, blocks that need no hashing.</summary>
internal static class Chains
{
    public const long Now = ChainRules.FirstTime;

    public static readonly Script Anybody = Script.Of(Opcode.OP_1);

    /// <summary>No proof of work, no signatures; a coinbase is mature two blocks later.</summary>
    public static readonly ChainRules Cheap = ChainRules.Small with { ProofOfWork = false };

    public static PrivateKey Key(string name) => PrivateKey.FromText(name);

    /// <summary>A block on any known one, with these transactions; unmined where the rules ask for no work.</summary>
    public static Block BlockOn(this BlockChain chain, KnownBlock parent, params IReadOnlyList<Transaction> transactions) =>
        chain.BlockOn(parent, "", transactions);

    public static Block BlockOn(this BlockChain chain, KnownBlock parent, string tag, params IReadOnlyList<Transaction> transactions) =>
        chain.Finish(chain.Tree.Template(parent, Anybody, parent.Header.Time + 600, tag) with { Transactions = transactions });

    public static Block Finish(this BlockChain chain, BlockTemplate template) =>
        chain.Rules.ProofOfWork ? template.Mine(new MiningOptions { Threads = 1 }) : template.Build();

    /// <summary>The header with its Merkle root put right, and mined where the rules ask for it.</summary>
    public static Block Finish(this BlockChain chain, Block block)
    {
        block = block with { Header = block.Header with { MerkleRoot = block.MerkleTree.Root } };
        return chain.Rules.ProofOfWork ? block with { Header = Miner.Mine(block.Header, new MiningOptions { Threads = 1 }).Header } : block;
    }

    /// <summary>Adds so many blocks at the end of the chain; their coinbases pay anybody.</summary>
    public static BlockChain Grow(this BlockChain chain, int blocks, string tag = "")
    {
        for (var i = 0; i < blocks; i++) Assert.Equal(BlockOutcome.Extended, chain.Add(chain.BlockOn(chain.Tip, tag)).Outcome);
        return chain;
    }

    /// <summary>Adds a block on any known one, and says which block it is.</summary>
    public static KnownBlock AddOn(this BlockChain chain, KnownBlock parent, string tag, params IReadOnlyList<Transaction> transactions)
    {
        var block = chain.BlockOn(parent, tag, transactions);
        Assert.Null(chain.Add(block).Fault);
        return chain.Find(block.Hash)!;
    }

    /// <summary>The coin that the coinbase of a height makes.</summary>
    public static Coin CoinOf(this BlockChain chain, int height) => Coin.Of(chain[height].Block!.Transactions[0], 0);

    /// <summary>Spends coins that anybody may spend; what is left of them after the fee goes to anybody in equal parts.</summary>
    public static Transaction Spend(long fee, int outputs, params IReadOnlyList<Coin> coins)
    {
        var total = coins.Sum(coin => coin.Amount) - fee;
        return new Transaction(
            [.. coins.Select(coin => new TxInput(coin.OutPoint, Script.Empty))],
            [.. Enumerable.Range(0, outputs).Select(i => new TxOutput((total / outputs) + (i == 0 ? total % outputs : 0), Anybody))]);
    }

    /// <summary>Pays a coin that anybody may spend to a script, whole.</summary>
    public static Transaction PayTo(Script script, Coin coin) => new([new TxInput(coin.OutPoint, Script.Empty)], [new TxOutput(coin.Amount, script)]);

    /// <summary>The unspent outputs worked out anew along the chain.</summary>
    public static UtxoSet Rebuilt(this BlockChain chain)
    {
        var fresh = new BlockChain(chain.Rules, chain.Precautions, chain.Checked);
        foreach (var block in chain.Blocks.Skip(1)) Assert.Equal(BlockOutcome.Extended, fresh.Add(block.Block!).Outcome);
        return fresh.Unspent;
    }
}
