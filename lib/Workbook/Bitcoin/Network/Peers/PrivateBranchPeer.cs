namespace Workbook.Bitcoin;

/// <summary>A peer that mines a chain of its own in private beside the one that all know.</summary>
internal abstract class PrivateBranchPeer(PeerSettings settings) : BitcoinPeer(settings)
{
    /// <summary>The private chain; null while it mines with the others.</summary>
    protected BlockChain? Branch { get; private set; }

    /// <summary>What waits to be mined on it.</summary>
    protected MemoryPool? BranchPool { get; private set; }

    /// <summary>Whether the private chain would win among the others, as they count.</summary>
    protected bool IsAhead => Branch is not null
        && (Settings.Rules.MostWorkWins ? Branch.Tip.Work > Chain.Tip.Work : Branch.Height > Chain.Height);

    private protected override CompactTarget MiningTarget => Branch is null ? base.MiningTarget : Branch.Tree.NextTarget(Branch.Tip);

    private protected override int MiningHeight => Branch?.Height ?? base.MiningHeight;

    /// <summary>Begins a private chain with the blocks given, which all know.</summary>
    protected void Begin(IEnumerable<Block> known)
    {
        Branch = new BlockChain(Settings.Chain, Settings.Rules, Settings.Checked);
        foreach (var block in known) Branch.Add(block);
        BranchPool = new MemoryPool(Branch);
        StartClock();
    }

    /// <summary>Shows everybody the private chain, and mines with the others again.</summary>
    protected void ShowBranch()
    {
        var shown = Branch!.Blocks.Where(block => Chain.Find(block.Hash) is null).Select(block => block.Block!).ToList();
        Note($"shows {shown.Count} blocks that it has kept");
        End();
        foreach (var block in shown) Take(block, null);
    }

    /// <summary>Mines with the others again.</summary>
    protected void End()
    {
        (Branch, BranchPool) = (null, null);
        StartClock();
    }

    private protected override BlockTemplate MiningTemplate() =>
        Branch is null ? base.MiningTemplate() : BranchPool!.Template(Wallet.Script, BranchTime(), Self.Name);

    /// <summary>The time that its next private block claims, in seconds since 1970.</summary>
    protected virtual long BranchTime() => Clock;

    private protected override void Found(Block block)
    {
        if (Branch is null)
        {
            base.Found(block);
            return;
        }

        BranchPool!.Follow(Branch.Add(block));
        Consider();
    }

    private protected override void Heard(KnownBlock block)
    {
        if (Branch is not null) Consider();
    }

    /// <summary>Decides whether to go on, to give up, or to show what it has.</summary>
    protected abstract void Consider();
}

/// <summary>
/// §11's attacker: it pays a seller and mines, from the block before, a chain in which the coin goes back to itself; once the seller has accepted and its
/// chain is
/// better, it shows it.
/// </summary>
internal sealed class DoubleSpender(PeerSettings settings) : PrivateBranchPeer(settings)
{
    /// <summary>It gives up when it is so many blocks behind.</summary>
    private const int Hopeless = 10;

    private Func<bool> _isDelivered = () => false;

    /// <summary>Pays, and begins to mine in private.</summary>
    /// <param name="seller">What an output for the seller says.</param>
    /// <param name="amount">Satoshis.</param>
    /// <param name="isDelivered">Whether the seller has accepted.</param>
    /// <returns>The payment, and the one that is to take its place.</returns>
    public (Transaction Paid, Transaction Kept) Attack(Script seller, long amount, Func<bool> isDelivered)
    {
        _isDelivered = isDelivered;
        Coin[] coins = [Wallet.Coins[0]];
        var (paid, kept) = (Wallet.Pay(coins, seller, amount, fee: 1000), Wallet.Pay(coins, Wallet.Script, amount, fee: 2000));
        Begin(Chain.Blocks.Select(block => block.Block!));
        BranchPool!.Add(kept);
        Submit(paid);
        return (paid, kept);
    }

    protected override void Consider()
    {
        if (_isDelivered() && IsAhead) ShowBranch();
        else if (Chain.Height - Branch!.Height > Hopeless) End();
    }
}

/// <summary>
/// Mines a chain from the first block on, as cheaply as the rules for times let it: all blocks claim to be early, and the last of each period two hours
/// after the clock, so that each period seems to have taken all the time there was and the difficulty stays as low as it can be.
/// </summary>
internal sealed class TimeWarper(PeerSettings settings) : PrivateBranchPeer(settings)
{
    private bool _isDone;

    /// <summary>Begins to mine in private.</summary>
    public void Attack() => Begin([]);

    protected override long BranchTime()
    {
        var (height, period) = (Branch!.Height + 1, Settings.Chain.RetargetInterval);
        return period > 0 && (height + 1) % period == 0 ? Clock + BlockTree.MostSecondsAhead : ChainRules.FirstTime + height;
    }

    protected override void Consider()
    {
        if (_isDone || !IsAhead) return;
        _isDone = true;
        ShowBranch();
    }
}
