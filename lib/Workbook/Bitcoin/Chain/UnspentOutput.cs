namespace Workbook.Bitcoin;

/// <summary>An output that nobody has spent on a branch, and where it comes from.</summary>
/// <param name="Output">Its amount and script.</param>
/// <param name="Height">The height of the block that made it; in the memory pool, that of the block that would.</param>
/// <param name="IsCoinbase">Whether a coinbase made it, so that it must mature.</param>
public readonly record struct UnspentOutput(TxOutput Output, int Height, bool IsCoinbase);

/// <summary>What stood at a place among the unspent outputs before it was changed: enough to change it back.</summary>
/// <param name="OutPoint">The place.</param>
/// <param name="Before">What stood there; null for nothing.</param>
internal readonly record struct UtxoChange(OutPoint OutPoint, UnspentOutput? Before);
