using System.Text;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>A payment (§2): it spends outputs of earlier transactions and makes new ones. Outputs that nobody has spent are all the coins there are.</summary>
[TypeFormatterSource]
public sealed partial record Transaction : IDisplay
{
    // The names are worked out when they are first asked for; a copy that differs must work out its own.
    private Named? _named;

    /// <summary>A transaction of its parts.</summary>
    /// <param name="inputs">The outputs that it spends.</param>
    /// <param name="outputs">The outputs that it makes.</param>
    /// <param name="version">From 2 on, sequence numbers can be waiting times (BIP 68).</param>
    /// <param name="lockTime">The height (below 500,000,000) or time up to which it must wait, if some input is not final.</param>
    public Transaction(IReadOnlyList<TxInput> inputs, IReadOnlyList<TxOutput> outputs, int version = 1, uint lockTime = 0) =>
        (Version, Inputs, Outputs, LockTime) = (version, inputs, outputs, lockTime);

    private Transaction(Transaction original) =>
        (Version, Inputs, Outputs, LockTime) = (original.Version, original.Inputs, original.Outputs, original.LockTime);

    private sealed record Named(Hash256 Txid, Hash256 Wtxid);

    /// <summary>1, or 2 where sequence numbers can be waiting times (BIP 68).</summary>
    public int Version { get; init; }

    /// <summary>The outputs that it spends.</summary>
    public IReadOnlyList<TxInput> Inputs { get; init => field = [.. value]; }

    /// <summary>The outputs that it makes.</summary>
    public IReadOnlyList<TxOutput> Outputs { get; init => field = [.. value]; }

    /// <summary>The height (below 500,000,000) or time (seconds since 1970) up to which it must wait, if some input is not final.</summary>
    public uint LockTime { get; init; }

    /// <summary>The hash that names the transaction: of its bytes without witnesses.</summary>
    public Hash256 Txid => Names.Txid;

    /// <summary>The hash of all its bytes, witnesses and all; the same as <see cref="Txid"/> where there are none.</summary>
    public Hash256 Wtxid => Names.Wtxid;

    /// <summary>Whether any input has a witness, so that the bytes have the witness form (BIP 144).</summary>
    public bool HasWitness => Inputs.Any(input => input.Witness.Count > 0);

    /// <summary>Whether it makes new coins, as the first transaction of a block does (§6): its only input spends nothing.</summary>
    public bool IsCoinbase => Inputs.Count == 1 && Inputs[0].Previous.IsNull;

    /// <summary>The sum of the outputs, in satoshis.</summary>
    /// <exception cref="OverflowException">The sum is beyond 64 bits; <see cref="Fault"/> then names the amount.</exception>
    public long TotalOut => Outputs.Sum(output => output.Amount);

    private Named Names
    {
        get
        {
            if (_named is { } known) return known;
            var txid = Hash256.Twice(ToBytes(withWitness: false));
            return _named = new Named(txid, HasWitness ? Hash256.Twice(ToBytes()) : txid);
        }
    }

    /// <summary>The identity of one of the outputs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public OutPoint Output(int index) => index >= 0 && index < Outputs.Count
        ? new OutPoint(Txid, (uint)index)
        : throw new ArgumentOutOfRangeException(nameof(index), $"The transaction has {Outputs.Count} outputs; there is no output {index}.");

    /// <summary>Whether all bytes are the same.</summary>
    public bool Equals(Transaction? other) => other is not null && Wtxid == other.Wtxid;

    /// <inheritdoc/>
    public override int GetHashCode() => Wtxid.GetHashCode();

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The id, and a line for each input and output.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"transaction {Txid}");
        foreach (var input in Inputs) text.Append($"\n  {(IsCoinbase ? "coinbase" : "spends")} {input}");
        foreach (var output in Outputs) text.Append($"\n  pays {output}");
        return (LockTime == 0 ? text : text.Append($"\n  locked until {LockTime}")).ToString();
    }
}
