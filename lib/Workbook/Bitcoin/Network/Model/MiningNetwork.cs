using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>
/// Peers and miners over long times: a block is only who found it, when, on what, with how much work (§4, §5). Miners find blocks by an exponential clock,
/// since
/// each hash is a try of its own; blocks flood through a mesh of peers; each peer keeps to the first of two equal chains. For statistics: a year of
/// blocks takes seconds. <see cref="BitcoinCluster"/> has whole peers with real blocks.
/// </summary>
/// <example><code>new MiningNetwork { Interval = TimeSpan.FromSeconds(12) }.Run(blocks: 50_000, seed: 1)</code></example>
public sealed record MiningNetwork
{
    /// <summary>How many blocks are found in a year of 365 days, one each ten minutes.</summary>
    public const int BlocksOfAYear = 52_560;

    private readonly IReadOnlyList<ModelMiner>? _miners;

    /// <summary>How many peers pass blocks on, 2 or more.</summary>
    public int Peers { get; init; } = 100;

    /// <summary>How many connections each peer opens, 1 or more; about as many are opened to it.</summary>
    public int Links { get; init; } = 8;

    /// <summary>How long a block takes from a peer to its neighbour, with all that is checked before it is passed on.</summary>
    public Delay Delay { get; init; } = Delay.Exponential(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1.8));

    /// <summary>
    /// Who mines; shares add up to 1. Each is at a peer of its own. Twenty with equal shares, or one at each peer where there are fewer, when left out.
    /// </summary>
    public IReadOnlyList<ModelMiner> Miners
    {
        get => _miners ?? ModelMiner.Equal(Math.Clamp(Peers, 1, 20));
        init => _miners = value;
    }

    /// <summary>How long a block is to take on average.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// After how many blocks the difficulty follows the time that they took (§4), 2 or more; 0 never lets it. One step changes it by a factor of 4 at most.
    /// </summary>
    public int RetargetEvery { get; init; } = 2016;

    /// <summary>How much all miners hash together.</summary>
    public HashPower Power { get; init; } = HashPower.Constant();

    /// <summary>Whether the chain with the most work counts (§4); otherwise the one with the most blocks does.</summary>
    public bool MostWork { get; init; } = true;

    /// <summary>Runs until the chain has so many blocks, and until all peers know what was found by then.</summary>
    /// <param name="blocks">How long the chain gets, 1 to 10 million.</param>
    /// <param name="seed">Decides everything that is drawn.</param>
    /// <exception cref="ArgumentException">A number cannot be.</exception>
    public MiningHistory Run(int blocks, ulong seed = 1)
    {
        if (blocks is < 1 or > 10_000_000) throw new ArgumentException($"A run of {blocks} blocks cannot be had; give 1 to 10,000,000.", nameof(blocks));
        Check();
        return new MiningLoop(this, seed).Run(blocks);
    }

    private void Check()
    {
        if (Peers is < 2 or > 10_000) throw new ArgumentException($"A network of {Peers} peers cannot be run; give 2 to 10,000.");
        if (Links < 1) throw new ArgumentException($"Each peer has to open a connection: give 1 link or more, not {Links}.");
        if (Miners.Count < 1 || Miners.Count > Peers) throw new ArgumentException($"There are {Miners.Count} miners at {Peers} peers; give at least one, and a peer for each.");
        if (Miners.Any(miner => miner.Share is not (> 0 and <= 1))) throw new ArgumentException("Each miner has a share of the hashing above 0, at most 1.");
        if (Math.Abs(Miners.Sum(miner => miner.Share) - 1) > 1e-9) throw new ArgumentException($"The miners' shares add up to {Miners.Sum(miner => miner.Share)}; make it 1.");
        if (Miners.Any(miner => miner.Links < 1)) throw new ArgumentException("Each miner has to open a connection: give 1 link or more.");
        if (Miners.All(miner => miner.Strategy != MinerStrategy.Honest)) throw new ArgumentException("Somebody has to mine honestly, or there is nothing to attack.");
        if (Interval <= TimeSpan.Zero) throw new ArgumentException("A block takes some time on average; give an interval above 0.");
        if (RetargetEvery is < 0 or 1) throw new ArgumentException("The time of one block says nothing of the power: let the difficulty follow after 2 blocks or more, or never (0).");
    }
}
