using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>An output of a transaction: an amount, and what it takes to spend it (§2, §9).</summary>
/// <param name="Amount">Satoshis.</param>
/// <param name="ScriptPubKey">The script that must agree before it is spent.</param>
[TypeFormatterSource]
public sealed record TxOutput(long Amount, Script ScriptPubKey) : IDisplay
{
    /// <summary>The fewest bytes that an output takes.</summary>
    internal const int Smallest = 8 + 1;

    /// <summary>How many bytes it takes.</summary>
    internal int Size => 8 + CompactSize.Sized(ScriptPubKey.Length);

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The amount and the script.</summary>
    public override string ToString() => $"{Money.Text(Amount)} to {ScriptPubKey}";

    internal static TxOutput Read(ref ByteReader reader) => new(reader.Int64("an output's amount"), new Script(reader.Sized("an output's script")));

    internal void Write(ref ByteWriter writer)
    {
        writer.Int64(Amount);
        writer.Sized(ScriptPubKey.Span);
    }
}
