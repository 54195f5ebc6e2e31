using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>How a <see cref="BitcoinCluster"/> is set up.</summary>
public sealed record BitcoinClusterOptions
{
    /// <summary>How many honest peers, <c>p1</c>, <c>p2</c>…, 2 or more; all mine alike.</summary>
    public int Peers { get; init; } = 8;

    /// <summary>How many connections each peer opens.</summary>
    public int Links { get; init; } = 2;

    /// <summary>The network's numbers: easy proof of work, no change of the target.</summary>
    public ChainRules Chain { get; init; } = ChainRules.Small;

    /// <summary>The precautions.</summary>
    public BitcoinRules Rules { get; init; } = BitcoinRules.All;

    /// <summary>How messages travel; three of them bring a block to a neighbour.</summary>
    public NetworkOptions Network { get; init; } = new() { Delay = Delay.Uniform(0.1.Seconds(), 1.Seconds()) };

    /// <summary>How many confirmations wallets wait for; with the precaution off they take a payment that they have only heard of.</summary>
    public int Confirmations { get; init; } = 6;

    /// <summary>What one peer more, <c>attacker</c>, does; it is there only with a share.</summary>
    public PeerStrategy Attacker { get; init; }

    /// <summary>The attacker's share of all hashing, 0 to below 1; with 0 there is none.</summary>
    public double AttackerShare { get; init; }

    /// <summary>All hashing together: with 1 the first target gives a block each interval.</summary>
    public double Power { get; init; } = 1;
}

/// <summary>
/// Peers on a simulated network, with real blocks, proofs of work and signatures (§5). At the start all share a short history in which each has mined a coin.
/// </summary>
/// <example><code>
/// var cluster = new BitcoinCluster(seed: 7);
/// cluster["p1"].Pay(BitcoinCluster.ScriptOf("p2"), 10.Bitcoins());
/// cluster.RunFor(2.Hours());
/// </code></example>
public sealed class BitcoinCluster
{
    /// <summary>The name of the peer that does not play by the rules.</summary>
    public static readonly NodeId AttackerName = "attacker";

    private readonly BitcoinClusterOptions _options;
    private readonly CheckedScripts _checked = new();
    private readonly List<FoundBlock> _found = [];
    private readonly List<NodeId> _names = [];
    private readonly IReadOnlyList<Block> _history;

    /// <summary>Peers under a seed or another schedule.</summary>
    /// <param name="seed">Decides the run.</param>
    /// <param name="options">How it is set up; eight honest peers when left out.</param>
    /// <exception cref="ArgumentException">A number cannot be.</exception>
    public BitcoinCluster(Schedule seed, BitcoinClusterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(seed);
        _options = Checked(options ?? new BitcoinClusterOptions());
        Run = new Simulation(seed, _options.Network);
        var peers = Enumerable.Range(1, _options.Peers).Select(number => new NodeId($"p{number}"));
        NodeId[] names = [.. _options.AttackerShare > 0 ? peers.Append(AttackerName) : peers];
        _history = WriteHistory(names);
        var mesh = PeerMesh.Draw([.. names.Select(_ => _options.Links)], Run.Random.Fork("mesh"));
        for (var index = 0; index < names.Length; index++)
        {
            var share = names[index] == AttackerName ? _options.AttackerShare : (1 - _options.AttackerShare) / _options.Peers;
            Add(names[index], share, [.. mesh[index].Select(other => names[other])], names[index] == AttackerName ? _options.Attacker : PeerStrategy.Honest);
        }
    }

    /// <summary>The run.</summary>
    public Simulation Run { get; }

    /// <summary>The names of all peers, in the order in which they were added.</summary>
    public IReadOnlyList<NodeId> Names => _names;

    /// <summary>All peers.</summary>
    public IEnumerable<BitcoinPeer> Peers => _names.Where(name => Run[name].IsUp).Select(name => this[name]);

    /// <summary>The peers that play by the rules.</summary>
    public IEnumerable<BitcoinPeer> HonestPeers => Peers.Where(peer => peer.Self != AttackerName);

    /// <summary>All blocks that were found in this run, in that order, those that were never shown too.</summary>
    public IReadOnlyList<FoundBlock> Found => _found;

    /// <summary>How many blocks all had at the start, the first one included.</summary>
    public int HistoryLength => _history.Count + 1;

    /// <summary>The peer of a name.</summary>
    /// <exception cref="ArgumentException">There is no such peer.</exception>
    public BitcoinPeer this[NodeId name] => Run.Process<BitcoinPeer>(name);

    internal T Attacker<T>() where T : BitcoinPeer => Run.Process<T>(AttackerName);

    /// <summary>What an output for a peer's wallet says.</summary>
    public static Script ScriptOf(NodeId name) => BitcoinWallet.ScriptOf(name.Name);

    /// <summary>Lets the run go on for that much virtual time.</summary>
    public BitcoinCluster RunFor(TimeSpan length)
    {
        Run.RunFor(length);
        return this;
    }

    /// <summary>Lets the run go on until a peer's chain has so many blocks more than at the start; false when it took too long.</summary>
    /// <param name="blocks">How many blocks, 1 or more.</param>
    /// <param name="peer">The peer; the first when left out.</param>
    public bool RunUntilBlocks(int blocks, NodeId? peer = null)
    {
        var observed = this[peer ?? _names[0]];
        return Run.RunUntil(() => observed.Chain.Height >= _history.Count + blocks, Interval * (20 + (10 * blocks)));
    }

    /// <summary>How long a block should take.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds(_options.Chain.BlockSeconds);

    /// <summary>Divides the peers: those named, and all others.</summary>
    public BitcoinCluster Partition(params NodeId[] side)
    {
        Run.Network.Partition("divided", side);
        return this;
    }

    /// <summary>Ends what <see cref="Partition"/> began.</summary>
    public BitcoinCluster Heal()
    {
        Run.Network.Heal("divided");
        return this;
    }

    /// <summary>From now on all peers hash so many times as fast as before.</summary>
    /// <param name="factor">Above 0.</param>
    public BitcoinCluster Speed(double factor)
    {
        if (factor is not (> 0 and < 1e9)) throw new ArgumentOutOfRangeException(nameof(factor), factor, "Give a factor above 0.");
        foreach (var peer in Peers) peer.HashRate *= factor;
        return this;
    }

    /// <summary>A peer more, that does not mine and knows the first block only, connected to those named.</summary>
    /// <param name="name">Its name, new to the run.</param>
    /// <param name="neighbours">To whom it is connected.</param>
    public BitcoinPeer AddNewcomer(NodeId name, params NodeId[] neighbours)
    {
        Add(name, 0, neighbours, PeerStrategy.Honest, isNew: true);
        foreach (var neighbour in neighbours) this[neighbour].Connect(name);
        return this[name];
    }

    /// <summary>Takes a peer's connections away and gives it others.</summary>
    /// <param name="name">The peer.</param>
    /// <param name="neighbours">Whom it is connected to from now on.</param>
    public BitcoinCluster Rewire(NodeId name, params NodeId[] neighbours)
    {
        foreach (var other in this[name].Neighbours.ToList())
        {
            this[name].Disconnect(other);
            this[other].Disconnect(name);
        }

        foreach (var other in neighbours)
        {
            this[name].Connect(other);
            this[other].Connect(name);
        }

        return this;
    }

    /// <summary>The blocks found in this run that are not in a peer's chain, as a share of all that were found, 0 to 1.</summary>
    public double StaleShare(NodeId observer)
    {
        var chain = this[observer].Chain;
        return _found.Count == 0 ? 0 : _found.Count(one => !IsIn(chain, one)) / (double)_found.Count;
    }

    /// <summary>A miner's share of the blocks found in this run that are in a peer's chain, 0 to 1.</summary>
    public double ShareOfChain(NodeId miner, NodeId observer)
    {
        var chain = this[observer].Chain;
        List<FoundBlock> kept = [.. _found.Where(one => IsIn(chain, one))];
        return kept.Count == 0 ? 0 : kept.Count(one => one.Miner == miner) / (double)kept.Count;
    }

    internal static bool IsIn(BlockChain chain, FoundBlock found) => chain.Find(found.Hash) is { } block && chain.IsInChain(block);

    private void Add(NodeId name, double share, IReadOnlyList<NodeId> neighbours, PeerStrategy strategy, bool isNew = false)
    {
        var rules = _options.Rules;
        var settings = new PeerSettings(name, _options.Chain, rules, _checked)
        {
            Neighbours = neighbours,
            HashRate = share * _options.Power * (double)_options.Chain.FirstBlock.Header.Bits.Work / _options.Chain.BlockSeconds,
            Confirmations = rules.WaitForConfirmations ? _options.Confirmations : 0,
            History = isNew ? [] : _history,
            Epoch = ChainRules.FirstTime + ((long)_history.Count * _options.Chain.BlockSeconds),
            OnFound = (miner, block) => _found.Add(new FoundBlock(block, miner, Run.Now.SinceStart)),
        };
        _names.Add(name);
        Run.Add(name, () => strategy switch
        {
            PeerStrategy.Selfish => new SelfishPeer(settings),
            PeerStrategy.DoubleSpend => new DoubleSpender(settings),
            PeerStrategy.TimeWarp => new TimeWarper(settings),
            _ => new BitcoinPeer(settings),
        });
    }

    /// <summary>A coin for each peer, and as many blocks after it as make it mature.</summary>
    private List<Block> WriteHistory(IReadOnlyList<NodeId> names)
    {
        var rules = _options.Chain;
        var (chain, blocks) = (new BlockChain(rules), new List<Block>());
        var pool = new MemoryPool(chain);
        for (var height = 1; height <= names.Count + rules.CoinbaseMaturity; height++)
        {
            var template = pool.Template(ScriptOf(names[height % names.Count]), ChainRules.FirstTime + ((long)height * rules.BlockSeconds), "history");
            var block = template.Mine(new MiningOptions { Threads = 1 });
            chain.Add(block);
            blocks.Add(block);
        }

        return blocks;
    }

    private static BitcoinClusterOptions Checked(BitcoinClusterOptions options) =>
        options.Peers is < 2 or > 500 ? throw new ArgumentException($"A network of {options.Peers} whole peers cannot be run; give 2 to 500.")
        : options.Links < 1 ? throw new ArgumentException("Each peer has to open a connection: give 1 link or more.")
        : options.AttackerShare is not (>= 0 and < 1) ? throw new ArgumentException($"An attacker cannot have {options.AttackerShare} of the hashing; give a share from 0 to below 1.")
        : options.Power is not (> 0 and < 1e12) ? throw new ArgumentException("Somebody has to mine: give a power above 0.")
        : options.Confirmations < 0 ? throw new ArgumentException("A wallet waits for 0 confirmations or more.")
        : options;
}
