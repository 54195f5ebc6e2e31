using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>What became of a block that was brought to a chain.</summary>
public enum BlockOutcome
{
    /// <summary>It stands at the end of the chain, or behind it others that had waited for it.</summary>
    Extended,

    /// <summary>It makes another branch the one that counts, to which the chain went over (§5).</summary>
    Reorganised,

    /// <summary>It stands on a branch that does not count, or not yet. What it spends has not been looked at.</summary>
    OnAnotherBranch,

    /// <summary>It waits for its parent, which is not known; whoever brought it should be asked.</summary>
    Waiting,

    /// <summary>It was known, or waiting, before.</summary>
    Known,

    /// <summary>It is not valid; the chain is as before.</summary>
    Refused,
}

/// <summary>What bringing a block did to a chain.</summary>
/// <param name="Hash">The block that was brought.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Fault">Why it was refused; null when it was not.</param>
/// <param name="Disconnected">The blocks that are no longer in the chain, the highest first.</param>
/// <param name="Connected">The blocks that are in it now, the lowest first.</param>
[TypeFormatterSource]
public sealed record ChainChange(
    Hash256 Hash, BlockOutcome Outcome, BitcoinException? Fault, IReadOnlyList<KnownBlock> Disconnected, IReadOnlyList<KnownBlock> Connected) : IDisplay
{
    /// <summary>Whether the chain ends in another block than before.</summary>
    public bool IsChanged => Connected.Count > 0 || Disconnected.Count > 0;

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The outcome, and how many blocks came and went; or why the block was refused.</summary>
    public override string ToString() =>
        Fault is not null ? Fault.Message
        : $"{Outcome}: block {Hash}{(Disconnected.Count > 0 ? $"; {Disconnected.Count} out" : "")}{(Connected.Count > 0 ? $"; {Connected.Count} in" : "")}";
}
