namespace Workbook.Bitcoin;

/// <summary>What a header must be to have a place in the tree.</summary>
public sealed partial class BlockTree
{
    /// <summary>How far a header's time may be ahead of the clock, in seconds.</summary>
    public const int MostSecondsAhead = 2 * 60 * 60;

    /// <summary>The target that a block on this one must state (§4).</summary>
    public CompactTarget NextTarget(KnownBlock parent)
    {
        ArgumentNullException.ThrowIfNull(parent);
        var interval = Rules.RetargetInterval;
        if (!Precautions.Retarget || interval == 0 || (parent.Height + 1) % interval != 0) return parent.Header.Bits;
        var first = parent.At(parent.Height - (interval - 1));
        return Rules.Retargeted(parent.Header.Bits, (long)parent.Header.Time - first.Header.Time);
    }

    /// <summary>
    /// Why a header has no place in the tree; null when it has one: its proof of work, a parent that is known and valid, the target that the chain asks
    /// for at its place, a time after the median of the eleven blocks before it and not more than two hours after the clock.
    /// </summary>
    /// <param name="header">The header.</param>
    /// <param name="now">The clock, in seconds since 1970; when left out no header is from the future.</param>
    public BitcoinException? Fault(BlockHeader header, long? now = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (!header.Bits.IsValid) return Wrong(BitcoinError.BadTarget, header, $"has the bits {header.Bits}, which are no target");
        if (Rules.ProofOfWork && !header.HasProofOfWork) return Wrong(BitcoinError.ProofOfWork, header, $"has a hash above the target of its bits {header.Bits}");
        if (Find(header.Previous) is not { } parent)
            return Wrong(BitcoinError.UnknownParent, header, $"stands on {header.Previous}, which is not known");
        if (parent.Fault is { } fault) return InvalidParent(header, parent, fault);
        var target = NextTarget(parent);
        if (header.Bits != target)
            return Wrong(BitcoinError.WrongTarget, header, $"states the target {header.Bits}, but at height {parent.Height + 1} of its branch it must be {target}");
        if (header.Time <= parent.MedianTime)
            return Wrong(BitcoinError.TimeTooOld, header, $"is of {Date(header.Time)}; it must be after {Date(parent.MedianTime)}, the median of the blocks before it");
        return header.Time <= now + MostSecondsAhead || now is null ? null
            : Wrong(BitcoinError.TimeTooNew, header, $"is of {Date(header.Time)}, more than two hours after the clock's {Date(now.Value)}");
    }

    /// <summary>A block to be mined on a known one, at the end of a branch or not: with no transactions yet but the coinbase.</summary>
    /// <param name="parent">The block before.</param>
    /// <param name="reward">Whom the coinbase pays.</param>
    /// <param name="now">The miner's clock, in seconds since 1970; where the branch is ahead of it, its median time and a second.</param>
    /// <param name="tag">What the coinbase says, at most 80 letters.</param>
    public BlockTemplate Template(KnownBlock parent, Script reward, long now, string tag = "")
    {
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentNullException.ThrowIfNull(tag);
        return new BlockTemplate
        {
            Previous = parent.Hash,
            Height = parent.Height + 1,
            Target = NextTarget(parent),
            Time = (uint)Math.Clamp(now, parent.MedianTime + 1L, uint.MaxValue),
            Reward = reward,
            Subsidy = Rules.SubsidyAt(parent.Height + 1),
            Tag = tag,
        };
    }

    private static string Date(long seconds) => $"{DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime:yyyy-MM-dd HH:mm:ss}";

    private static BitcoinException InvalidParent(BlockHeader header, KnownBlock parent, BitcoinException reason) =>
        reason.Error == BitcoinError.InvalidParent ? reason
        : Wrong(BitcoinError.InvalidParent, header, $"stands on block {parent.Hash}, which is not valid: {reason.Message.TrimEnd('.')}");

    private static BitcoinException Wrong(BitcoinError error, BlockHeader header, string what) => new(error, $"Block {header.Hash} {what}.");
}
