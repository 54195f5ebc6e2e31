using System.Globalization;
using System.Numerics;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>One attempt to pass off a changed block, each going further than the one before.</summary>
/// <param name="Attempt">What the forger does.</param>
/// <param name="Expected">How many hashes it takes, on average.</param>
/// <param name="Tried">How many it took this time.</param>
/// <param name="AtPeer">What becomes of it at a peer that has the whole chain.</param>
/// <param name="AtNewPeer">What becomes of it at a peer that has the chain only up to the block before.</param>
/// <param name="AtLightClient">Why a light client that has all headers does not take the changed transaction for made; null if it does.</param>
/// <param name="Wins">Whether the peer that has the whole chain gives it up.</param>
public sealed record ForgeryAttempt(
    string Attempt, BigInteger Expected, long Tried, ChainChange AtPeer, ChainChange AtNewPeer, BitcoinException? AtLightClient, bool Wins);

/// <summary>
/// What happens when somebody changes one byte of an old block ("can an attacker modify just an existing block?"): who notices it by what, and how much
/// work it takes until nobody does (§4: "the work to change the block would include redoing all the blocks after it").
/// </summary>
[TypeFormatterSource]
public sealed class ChangedBlock : IDisplay
{
    private readonly List<ForgeryAttempt> _attempts = [];
    private readonly BlockChain _chain;
    private readonly Block _changed;
    private readonly List<Block> _redone = [];
    private BigInteger _expected;
    private long _tried;

    private ChangedBlock(BlockChain chain, int height)
    {
        (_chain, Height) = (chain, height);
        _changed = Change(chain[height].Block!);
        Tell("change a byte of the coinbase", _changed, _changed);
        var rooted = WithRoot(_changed);
        Tell("put the Merkle root in the header right", rooted, rooted);
        Redo(height, rooted);
        Tell("do the block's proof of work again", _redone[0], _redone[0]);
        while (_redone.Count < chain.Height - height + 1) Redo(height + _redone.Count, null);
        if (_redone.Count > 1) Tell("do all blocks after it again", _redone[^1], _redone[0]);
        Redo(height + _redone.Count, null);
        Tell("do one block more", _redone[^1], _redone[0]);
    }

    /// <summary>The height of the block that is changed.</summary>
    public int Height { get; }

    /// <summary>The height of the chain that peers have.</summary>
    public int ChainHeight => _chain.Height;

    /// <summary>The attempts, from the cheapest to the one that wins.</summary>
    public IReadOnlyList<ForgeryAttempt> Attempts => _attempts;

    /// <summary>How many hashes it takes, on average, until the changed block is in the chain; while all others stand still.</summary>
    public BigInteger Cost => _expected;

    /// <summary>Changes a byte of a block's coinbase, the one that says who is paid, and goes on until peers take it.</summary>
    /// <param name="chain">A chain; it stays as it is.</param>
    /// <param name="height">The height of the block, 1 or more. From there on each block is mined again, without payments.</param>
    /// <exception cref="ArgumentException">There is no such block that can be changed, or the network asks for no proof of work.</exception>
    public static ChangedBlock Try(BlockChain chain, int height)
    {
        ArgumentNullException.ThrowIfNull(chain);
        if (height < 1 || height > chain.Height)
            throw new ArgumentException($"Heights 1 to {chain.Height} of the chain can be changed, not {height}; all peers have the first block built in.", nameof(height));
        if (!chain.Rules.ProofOfWork) throw new ArgumentException("Without proof of work a block can be changed at no cost; take rules that ask for it.", nameof(chain));
        return new ChangedBlock(chain, height);
    }

    /// <summary>A row for each attempt.</summary>
    public MimeBundle ToMimeBundle() => Table.Of(
        string.Create(CultureInfo.InvariantCulture, $"A byte of block {Height} of {ChainHeight} is changed; to win takes {Cost:N0} hashes on average"), Attempts,
        ("the forger must…", attempt => attempt.Attempt),
        ("hashes, mean", attempt => attempt.Expected.ToString("N0", CultureInfo.InvariantCulture)),
        ("hashes, this time", attempt => attempt.Tried.ToString("N0", CultureInfo.InvariantCulture)),
        ("a peer with the chain", attempt => Words(attempt.AtPeer)),
        ("a peer that begins", attempt => Words(attempt.AtNewPeer)),
        ("a light client", attempt => attempt.AtLightClient is { } fault ? $"notices: {fault.Error}" : attempt.Wins ? "takes it" : "has it on a branch that does not count")).ToMimeBundle();

    /// <summary>A line for each attempt.</summary>
    public override string ToString() => string.Join('\n', Attempts.Select(attempt => string.Create(CultureInfo.InvariantCulture,
        $"{attempt.Attempt}: {attempt.Expected:N0} hashes; a peer with the chain {Words(attempt.AtPeer)}, one that begins {Words(attempt.AtNewPeer)}")));

    private static string Words(ChainChange change) => change.Outcome switch
    {
        BlockOutcome.Refused => $"notices: {change.Fault!.Error}",
        BlockOutcome.OnAnotherBranch => "stays on its branch, which has not less work",
        BlockOutcome.Reorganised => "goes over to it",
        BlockOutcome.Known => "has the block of this hash, and looks at no other",
        BlockOutcome.Extended => "takes it, and cannot link the old blocks after it",
        _ => $"{change.Outcome}",
    };

    private void Tell(string attempt, Block last, Block first)
    {
        var (peer, fresh, light) = (Peer(_chain.Height), Peer(Height - 1), new LightClient(_chain.Rules, _chain.Precautions));
        foreach (var block in _redone.SkipLast(1)) peer.Add(block);
        var atPeer = peer.Add(last);
        light.Add(_chain.Blocks.Select(block => block.Header));
        var fault = light.Add(_redone.Select(block => block.Header).Append(first.Header));
        var wins = atPeer.IsChanged && peer.Tip.Hash == last.Hash;
        _attempts.Add(new ForgeryAttempt(attempt, _expected, _tried, atPeer, fresh.Add(first), fault ?? Proof(light, first), wins));
    }

    private static BitcoinException? Proof(LightClient light, Block block)
    {
        // What the forger shows is the changed transaction with the hashes beside its path in the block as it was.
        var proof = block.MerkleTree.Proof(0);
        return proof.Fault(block.Transactions[0], light.Tree.Find(block.Hash)!.Header);
    }

    private BlockChain Peer(int height)
    {
        var peer = new BlockChain(_chain.Rules, _chain.Precautions, _chain.Checked);
        foreach (var block in _chain.Blocks.Skip(1).Take(height)) peer.Add(block.Block!);
        return peer;
    }

    private void Redo(int height, Block? first)
    {
        var tree = new BlockTree(_chain.Rules, _chain.Precautions);
        var parent = tree.First;
        foreach (var block in _chain.Blocks.Skip(1).Take(Height - 1)) parent = tree.Add(block.Header);
        foreach (var block in _redone) parent = tree.Add(block.Header);
        var time = height <= _chain.Height ? _chain[height].Header.Time : parent.Header.Time + _chain.Rules.BlockSeconds;
        var forged = first ?? tree.Template(parent, Script.Of(Opcode.OP_1), time, "forged").Build();
        var mined = Miner.Mine(forged.Header);
        _redone.Add(forged with { Header = mined.Nonce is null ? throw new ArgumentException("The block cannot be mined; take an easier target.") : mined.Header });
        (_expected, _tried) = (_expected + forged.Header.Bits.Work, _tried + mined.Attempts);
    }

    /// <summary>One bit in the middle of the script that says whom the coinbase pays; such that the old nonce does not happen to fit.</summary>
    private static Block Change(Block block)
    {
        var (coinbase, output) = (block.Transactions[0], block.Transactions[0].Outputs[0]);
        for (var bit = 0; bit < 8 * output.ScriptPubKey.Length; bit++)
        {
            var script = output.ScriptPubKey.ToBytes();
            script[((script.Length / 2) + (bit / 8)) % script.Length] ^= (byte)(1 << (bit % 8));
            var forged = coinbase with { Outputs = [output with { ScriptPubKey = new Script(script) }, .. coinbase.Outputs.Skip(1)] };
            var changed = block with { Transactions = [forged, .. block.Transactions.Skip(1)] };
            if (!WithRoot(changed).Header.HasProofOfWork) return changed;
        }

        throw new ArgumentException("However the block is changed its nonce fits; take a chain with a harder target.");
    }

    private static Block WithRoot(Block block) => block with { Header = block.Header with { MerkleRoot = block.MerkleTree.Root } };
}
