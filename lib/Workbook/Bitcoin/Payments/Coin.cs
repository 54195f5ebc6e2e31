using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>An output that nobody has spent, and which one it is: what the notes call a coin.</summary>
/// <param name="OutPoint">The transaction that made it, and its number there.</param>
/// <param name="Output">Its amount and script.</param>
[TypeFormatterSource]
public sealed record Coin(OutPoint OutPoint, TxOutput Output) : IDisplay
{
    /// <summary>The output of a transaction with this number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public static Coin Of(Transaction transaction, int index)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return new Coin(transaction.Output(index), transaction.Outputs[index]);
    }

    /// <summary>The amount in satoshis.</summary>
    public long Amount => Output.Amount;

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The amount and where it stands.</summary>
    public override string ToString() => $"{Money.Text(Amount)} in {OutPoint}";
}
