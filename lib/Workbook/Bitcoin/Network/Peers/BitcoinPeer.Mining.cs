using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>§5, steps 3 and 4: gathering transactions into a block and finding its proof of work.</summary>
public partial class BitcoinPeer
{
    /// <summary>A simulated peer's hashes are tried on one core, so that a run is the same everywhere.</summary>
    private static readonly MiningOptions OneCore = new() { Threads = 1 };

    private double _hashRate;
    private Alarm? _clock;

    /// <summary>How many hashes a second it tries, in virtual time; 0 when it does not mine.</summary>
    public double HashRate
    {
        get => _hashRate;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _hashRate = value;
            StartClock();
        }
    }

    /// <summary>Whether a block is known to this peer alone, by its own will.</summary>
    private protected virtual bool IsSecret(Hash256 hash) => false;

    /// <summary>What it mines on.</summary>
    private protected virtual CompactTarget MiningTarget => Chain.Tree.NextTarget(Chain.Tip);

    /// <summary>What it mines.</summary>
    private protected virtual BlockTemplate MiningTemplate() => Pool.Template(Wallet.Script, Clock, Self.Name);

    /// <summary>It has found a block.</summary>
    private protected virtual void Found(Block block) => Take(block, null);

    /// <summary>It has heard of a block of others that is good.</summary>
    private protected virtual void Heard(KnownBlock block)
    {
    }

    /// <summary>
    /// Draws when the next block is found. The wait has no memory, so it goes on when there is another block to mine on, and begins anew only when the
    /// target or the
    /// hash rate is another.
    /// </summary>
    private protected void StartClock()
    {
        if (_hashRate <= 0)
        {
            _clock?.Cancel();
            return;
        }

        var wait = TimeSpan.FromSeconds(Math.Min(1e9, Random.NextExponential((double)MiningTarget.Work / _hashRate)));
        if (_clock is null) _clock = After(wait, Mine);
        else _clock.Restart(wait);
    }

    private void Mine()
    {
        var block = MiningTemplate().Mine(OneCore);
        Note($"finds a block at height {MiningHeight + 1}");
        _settings.OnFound?.Invoke(Self, block);
        Found(block);
        StartClock();
    }

    private protected virtual int MiningHeight => Chain.Height;
}
