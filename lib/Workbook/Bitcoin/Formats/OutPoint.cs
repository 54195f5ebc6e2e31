using System.Globalization;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>Which output of which transaction: the identity of a coin (§2).</summary>
/// <param name="Txid">The transaction.</param>
/// <param name="Index">The output's number in it, from 0.</param>
[TypeFormatterSource]
public readonly record struct OutPoint(Hash256 Txid, uint Index) : IDisplay
{
    /// <summary>How many bytes it takes.</summary>
    public const int Size = Hash256.Size + 4;

    /// <summary>No output: what the input of a coinbase names.</summary>
    public static OutPoint Null { get; } = new(Hash256.Zero, uint.MaxValue);

    /// <summary>Whether this is no output.</summary>
    public bool IsNull => this == Null;

    /// <inheritdoc/>
    public override int GetHashCode() => Txid.GetHashCode() ^ (int)(Index * 0x9E3779B1);

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>Transaction and number: <c>f4184fc5…:0</c> in full.</summary>
    public override string ToString() => IsNull ? "none" : string.Create(CultureInfo.InvariantCulture, $"{Txid}:{Index}");
}
