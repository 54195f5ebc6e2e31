using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>An input of a transaction: the output that it spends, and what shows that it may (§2).</summary>
/// <param name="Previous">The output that is spent.</param>
/// <param name="ScriptSig">The script that runs before the output's own and leaves it what it asks for; empty for witness programs.</param>
/// <param name="Sequence">Final at its highest value; below, it lets the transaction be locked (BIP 65, BIP 68).</param>
[TypeFormatterSource]
public sealed record TxInput(OutPoint Previous, Script ScriptSig, uint Sequence = TxInput.Final) : IDisplay
{
    /// <summary>The sequence number of an input that waits for nothing.</summary>
    public const uint Final = uint.MaxValue;

    /// <summary>The fewest bytes that an input takes.</summary>
    internal const int Smallest = OutPoint.Size + 1 + 4;

    /// <summary>What unlocks a witness program; empty for other outputs.</summary>
    public Witness Witness { get; init; } = Witness.Empty;

    /// <summary>How many bytes it takes, without the witness.</summary>
    internal int Size => OutPoint.Size + CompactSize.Sized(ScriptSig.Length) + 4;

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The output that is spent and the script.</summary>
    public override string ToString() =>
        $"{Previous} {ScriptSig}{(Sequence == Final ? "" : $" sequence {Sequence:x8}")}{(Witness.Count == 0 ? "" : $" witness {Witness}")}".Replace("  ", " ", StringComparison.Ordinal);

    internal static TxInput Read(ref ByteReader reader) => new(
        new OutPoint(reader.Hash("the transaction that an input spends from"), reader.UInt32("the number of the output that an input spends")),
        new Script(reader.Sized("an input's script")), reader.UInt32("an input's sequence number"));

    internal void Write(ref ByteWriter writer)
    {
        writer.OutPoint(Previous);
        writer.Sized(ScriptSig.Span);
        writer.UInt32(Sequence);
    }
}
