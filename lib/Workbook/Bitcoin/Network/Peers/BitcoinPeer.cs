using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>
/// A peer (§5): it keeps the chain and the memory pool, checks all that it hears and passes on what is good, asks for what it lacks, and mines. When the
/// work will be done is drawn (each hash is a try of its own, so the wait is exponential); the block that is found then has its proof of work
/// for real, at the difficulty that the chain asks for.
/// </summary>
/// <remarks>Everything is kept in memory: a peer that crashes begins again and asks its neighbours for the blocks.</remarks>
public partial class BitcoinPeer : Process
{
    /// <summary>What was asked for and has not come for so long is asked for again.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);

    /// <summary>So often a block is asked for again before it is forgotten until somebody names it.</summary>
    private const int MostTries = 30;

    private readonly PeerSettings _settings;
    private readonly List<NodeId> _neighbours;
    private readonly Dictionary<Hash256, Instant> _asked = [];
    private readonly HashSet<Hash256> _announced = [];
    private readonly HashSet<Hash256> _refused = [];
    private readonly List<ChainSwitch> _switches = [];

    internal BitcoinPeer(PeerSettings settings)
    {
        _settings = settings;
        _neighbours = [.. settings.Neighbours];
        _hashRate = settings.HashRate;
        Chain = new BlockChain(settings.Chain, settings.Rules, settings.Checked);
        Pool = new MemoryPool(Chain);
        Wallet = new BitcoinWallet(settings.Name.Name, settings.Confirmations, Chain, Pool);
    }

    /// <summary>The chain, with all branches that the peer knows.</summary>
    public BlockChain Chain { get; }

    /// <summary>The transactions that wait to be mined.</summary>
    public MemoryPool Pool { get; }

    /// <summary>The peer's own coins, and payments to it.</summary>
    public BitcoinWallet Wallet { get; }

    /// <summary>To whom it is connected.</summary>
    public IReadOnlyList<NodeId> Neighbours => _neighbours;

    /// <summary>Each time that it left blocks of its chain for others.</summary>
    public IReadOnlyList<ChainSwitch> Switches => _switches;

    /// <summary>What the peer's clock shows, in seconds since 1970.</summary>
    internal long Clock => _settings.Epoch + (long)Now.SinceStart.TotalSeconds;

    private protected PeerSettings Settings => _settings;

    /// <summary>Connects it to another peer; the other must be told too.</summary>
    internal void Connect(NodeId other)
    {
        if (_neighbours.Contains(other)) return;
        _neighbours.Add(other);
        Send(other, new GetBlocks(Chain.Locator()));
    }

    /// <summary>Ends the connection to another peer.</summary>
    internal void Disconnect(NodeId other) => _neighbours.Remove(other);

    /// <summary>Pays somebody from the peer's own wallet, and tells the neighbours.</summary>
    /// <param name="to">What an output for the payee says.</param>
    /// <param name="amount">Satoshis.</param>
    /// <exception cref="BitcoinException">The wallet has not as much.</exception>
    public Transaction Pay(Script to, long amount)
    {
        var transaction = Wallet.Pay(to, amount);
        Submit(transaction);
        return transaction;
    }

    /// <summary>Hands the peer a transaction, as its own user would.</summary>
    /// <returns>Why the peer does not take it; null when it does.</returns>
    public BitcoinException? Submit(Transaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Take(transaction, null);
    }

    /// <inheritdoc/>
    protected override void Start()
    {
        foreach (var block in _settings.History) Chain.Add(block, Clock);

        // Its neighbours may be about to boot, too.
        After(TimeSpan.Zero, () => Tell(new GetBlocks(Chain.Locator()), null));
        StartClock();
        Remind();
    }

    /// <inheritdoc/>
    protected override void Receive(Message message, Sender from)
    {
        switch (message)
        {
            case Inventory inventory:
                Receive(inventory, from);
                break;
            case GetData wanted:
                foreach (var hash in wanted.Blocks)
                {
                    if (!IsSecret(hash) && Chain.Find(hash)?.Block is { } block) Send(from, new BlockMessage(block));
                }

                foreach (var txid in wanted.Transactions)
                {
                    if (Pool.Find(txid) is { } pooled) Send(from, new TransactionMessage(pooled.Transaction));
                }

                break;
            case GetBlocks asked:
                Hash256[] after = [.. Chain.After(asked.Locator).Select(block => block.Hash).Where(hash => !IsSecret(hash))];
                if (after.Length > 0) Send(from, new Inventory(after, []));
                break;
            case BlockMessage block:
                Take(block.Block, from.Node);
                break;
            case TransactionMessage transaction:
                Take(transaction.Transaction, from.Node);
                break;
            case WhichFirst or Vote:
                ReceiveVote(message, from);
                break;
        }
    }

    private void Receive(Inventory inventory, Sender from)
    {
        Hash256[] blocks = [.. inventory.Blocks.Where(hash => !Chain.Has(hash) && IsToAsk(hash))];
        Hash256[] transactions = [.. inventory.Transactions
            .Where(txid => Pool.Find(txid) is null && Chain.BlockOf(txid) is null && !_refused.Contains(txid) && IsToAsk(txid))];
        if (blocks.Length + transactions.Length == 0) return;
        foreach (var txid in transactions) _asked[txid] = Now;
        foreach (var hash in blocks) Expect(hash, from);
        Send(from, new GetData(blocks, transactions));
    }

    private bool IsToAsk(Hash256 hash) => !_asked.TryGetValue(hash, out var at) || Now - at > AskAgain;

    /// <summary>A block has come, or has been found here.</summary>
    private protected void Take(Block block, NodeId? from)
    {
        var (before, target) = (Chain.Tip, Chain.Tree.NextTarget(Chain.Tip));
        var change = Chain.Add(block, Clock);
        _asked.Remove(change.Hash);
        switch (change.Outcome)
        {
            case BlockOutcome.Known:
                return;
            case BlockOutcome.Waiting:
                AskForParent(block.Header.Previous, from);
                return;
            case BlockOutcome.Refused:
                Note($"refuses a block: {change.Fault!.Message}");
                return;
        }

        if (change.IsChanged) Follow(change, before);
        Announce([change.Hash, .. change.Connected.Select(one => one.Hash)], from);
        if (Chain.Tree.NextTarget(Chain.Tip) != target) StartClock();
        if (from is null) return;
        foreach (var heard in change.Connected.Prepend(Chain.Find(change.Hash)!).Distinct()) Heard(heard);
    }

    private void AskForParent(Hash256 parent, NodeId? from)
    {
        if (from is not { } sender) return;
        if (Chain.Has(parent) || !IsToAsk(parent)) return;
        Expect(parent, sender);
        Send(sender, new GetData([parent], []));
    }

    /// <summary>A block that was asked for and does not come is asked for again: of the same peer first, then of any neighbour.</summary>
    private void Expect(Hash256 hash, NodeId from, int tries = 0)
    {
        _asked[hash] = Now;
        After(AskAgain, () =>
        {
            if (tries >= MostTries || !_asked.ContainsKey(hash) || Chain.Has(hash)) return;
            var next = tries % 2 == 0 || _neighbours.Count == 0 ? from : Random.Pick(_neighbours);
            Expect(hash, from, tries + 1);
            Send(next, new GetData([hash], []));
        });
    }

    private void Follow(ChainChange change, KnownBlock before)
    {
        _refused.Clear();
        Pool.Follow(change);
        Became($"height {Chain.Height}");
        if (change.Disconnected.Count > 0)
        {
            _switches.Add(new ChainSwitch(Now.SinceStart, Self, before, Chain.Tip, change.Disconnected.Count));
            Note($"leaves {change.Disconnected.Count} blocks");

            // What has come back to the pool, others may never have heard of.
            Hash256[] back = [.. change.Disconnected.SelectMany(block => block.Block!.Transactions).Select(transaction => transaction.Txid)
                .Where(txid => Pool.Find(txid) is not null)];
            if (back.Length > 0) Tell(new Inventory([], back), null);
        }

        foreach (var transaction in change.Connected.SelectMany(block => block.Block!.Transactions)) Wallet.Hear(transaction);
        Look();
    }

    private BitcoinException? Take(Transaction transaction, NodeId? from)
    {
        _asked.Remove(transaction.Txid);
        if (Pool.Add(transaction) is { } fault)
        {
            _refused.Add(transaction.Txid);
            Note($"refuses a transaction: {fault.Message}");
            return fault;
        }

        foreach (var input in transaction.Inputs) _first.TryAdd(input.Previous, transaction.Txid);
        Wallet.Hear(transaction);
        Look();
        Tell(new Inventory([], [transaction.Txid]), from);
        return null;
    }

    /// <summary>Without proof of work, payments are accepted by votes (<see cref="Poll"/>).</summary>
    private void Look()
    {
        if (_settings.Rules.CountWorkNotIdentities) Wallet.Look(Now.SinceStart);
    }

    /// <summary>Tells all neighbours of blocks that were kept from them.</summary>
    private protected void Reveal(IEnumerable<Block> blocks) => Announce(blocks.Select(block => block.Hash), null);

    private void Announce(IEnumerable<Hash256> blocks, NodeId? except)
    {
        Hash256[] told = [.. blocks.Where(hash => !IsSecret(hash) && _announced.Add(hash))];
        if (told.Length > 0) Tell(new Inventory(told, []), except);
    }

    private void Tell(Message message, NodeId? except)
    {
        foreach (var neighbour in _neighbours)
        {
            if (neighbour != except) Send(neighbour, message);
        }
    }

    /// <summary>Whoever has missed something hears of it in the end: the last block and what waits are told of again each interval.</summary>
    private void Remind()
    {
        After(TimeSpan.FromSeconds(_settings.Chain.BlockSeconds * (0.75 + (Random.NextDouble() / 2))), () =>
        {
            Hash256[] tip = IsSecret(Chain.Tip.Hash) ? [] : [Chain.Tip.Hash];
            Tell(new Inventory(tip, [.. Pool.Transactions.Select(pooled => pooled.Transaction.Txid)]), null);
            Remind();
        });
    }
}
