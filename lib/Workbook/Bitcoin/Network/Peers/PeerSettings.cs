using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>What a peer is started with.</summary>
internal sealed record PeerSettings(NodeId Name, ChainRules Chain, BitcoinRules Rules, CheckedScripts Checked)
{
    /// <summary>To whom it is connected at first.</summary>
    public IReadOnlyList<NodeId> Neighbours { get; init; } = [];

    /// <summary>Hashes a second; 0 for a peer that does not mine.</summary>
    public double HashRate { get; init; }

    /// <summary>How many confirmations its wallet waits for.</summary>
    public int Confirmations { get; init; }

    /// <summary>Blocks that it has from the start.</summary>
    public IReadOnlyList<Block> History { get; init; } = [];

    /// <summary>What the clock of the chain shows at the start of the run.</summary>
    public long Epoch { get; init; } = ChainRules.FirstTime;

    /// <summary>Is told of each block that the peer finds.</summary>
    public Action<NodeId, Block>? OnFound { get; init; }
}

/// <summary>What a peer does with its hashing.</summary>
public enum PeerStrategy
{
    /// <summary>As §5 says.</summary>
    Honest,

    /// <summary>Keeps its blocks until others are about to catch up (Eyal and Sirer 2014).</summary>
    Selfish,

    /// <summary>Pays, and mines in private a chain in which it keeps its coin (§11).</summary>
    DoubleSpend,

    /// <summary>Mines in private a chain from the first block on, with times that keep it easy, and shows it when it looks better.</summary>
    TimeWarp,
}

/// <summary>A peer has left blocks of its chain for others.</summary>
/// <param name="Time">When, since the start of the run.</param>
/// <param name="Peer">Which peer.</param>
/// <param name="From">The last block of the chain that it left.</param>
/// <param name="To">The last block of the one that it went over to.</param>
/// <param name="Depth">How many blocks it left.</param>
public sealed record ChainSwitch(TimeSpan Time, NodeId Peer, KnownBlock From, KnownBlock To, int Depth)
{
    /// <summary>Who, when, how many.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Peer} left {Depth} block{(Depth == 1 ? "" : "s")} for a branch of height {To.Height} after {Time.TotalMinutes:0.0} minutes");
}

/// <summary>A block, who found it, and when.</summary>
/// <param name="Block">The block.</param>
/// <param name="Miner">Who found it.</param>
/// <param name="Time">When, since the start of the run.</param>
public sealed record FoundBlock(Block Block, NodeId Miner, TimeSpan Time)
{
    /// <summary>The hash that names it.</summary>
    public Hash256 Hash { get; } = Block.Hash;
}
