using System.Globalization;
using System.Text;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>A block: a header and the transactions that its Merkle root stands for (§3, §4).</summary>
/// <param name="Header">The 80 bytes that are hashed.</param>
/// <param name="Transactions">The transactions, the coinbase first.</param>
[TypeFormatterSource]
public sealed partial record Block(BlockHeader Header, IReadOnlyList<Transaction> Transactions) : IDisplay
{
    /// <summary>The most that a block may weigh: a million bytes outside of witnesses, each of which weighs four.</summary>
    public const int MostWeight = 4_000_000;

    // Transactions that are listed by their ids.
    private const int Shown = 10;

    /// <summary>The hash that names the block.</summary>
    public Hash256 Hash => Header.Hash;

    /// <summary>How many bytes it has.</summary>
    public int Size => BlockHeader.Size + CompactSize.Length((ulong)Transactions.Count) + Transactions.Sum(transaction => transaction.Size);

    /// <summary>How many bytes it has without witnesses.</summary>
    public int StrippedSize => BlockHeader.Size + CompactSize.Length((ulong)Transactions.Count) + Transactions.Sum(transaction => transaction.StrippedSize);

    /// <summary>Four for each byte outside of witnesses and one for each byte of them (BIP 141).</summary>
    public int Weight => (3 * StrippedSize) + Size;

    /// <summary>The tree of the transactions.</summary>
    public MerkleTree MerkleTree => MerkleTree.Of(Transactions);

    /// <summary>A block of its bytes.</summary>
    /// <exception cref="BitcoinException">The bytes are no block; the message says where and what was expected.</exception>
    public static Block Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var header = BlockHeader.Read(ref reader);
        var transactions = new Transaction[reader.Count(Transaction.Smallest, "the block's transactions")];
        for (var index = 0; index < transactions.Length; index++) transactions[index] = Transaction.Read(ref reader);
        reader.End("the block");
        return new Block(header, transactions);
    }

    /// <summary>A block in hexadecimal.</summary>
    /// <exception cref="BitcoinException">The digits are no block.</exception>
    public static Block Parse(string hex) => Parse(Hex.Parse(hex));

    /// <summary>The bytes: transactions in the witness form if they have witnesses.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        var writer = new ByteWriter(bytes);
        Header.CopyTo(bytes);
        writer.Skip(BlockHeader.Size);
        writer.Count(Transactions.Count);
        foreach (var transaction in Transactions) transaction.Write(ref writer);
        return bytes;
    }

    /// <summary>The bytes in hexadecimal.</summary>
    public string ToHex() => Hex.Of(ToBytes());

    /// <summary>What shows a light client that one of the transactions is in the block (§8).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such transaction.</exception>
    public MerkleProof Proof(int index) => MerkleTree.Proof(index);

    /// <summary>Whether all bytes are the same.</summary>
    public bool Equals(Block? other) => other is not null && Header == other.Header && Transactions.SequenceEqual(other.Transactions);

    /// <inheritdoc/>
    public override int GetHashCode() => Header.GetHashCode();

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The header, how much stands under it, and the first transactions by their ids.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"block of {Transactions.Count} transaction{(Transactions.Count == 1 ? "" : "s")}, {Size:N0} bytes\n{Header}");
        foreach (var transaction in Transactions.Take(Shown)) text.Append(CultureInfo.InvariantCulture, $"\n  {(transaction.IsCoinbase ? "coinbase" : "transaction")} {transaction.Txid}");
        if (Transactions.Count > Shown) text.Append(CultureInfo.InvariantCulture, $"\n  and {Transactions.Count - Shown} more");
        return text.ToString();
    }
}
