using System.Globalization;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>The 80 bytes that stand for a block (§4): they are what miners hash, and all that a light client keeps (§7, §8).</summary>
/// <param name="Version">The version, whose bits also signal rules to come (BIP 9).</param>
/// <param name="Previous">The hash of the block before; zero in the first block.</param>
/// <param name="MerkleRoot">The root of the tree of the transactions.</param>
/// <param name="Time">Seconds since 1970, by the miner's clock.</param>
/// <param name="Bits">What the hash must not exceed.</param>
/// <param name="Nonce">Any number that makes the hash small enough.</param>
[TypeFormatterSource]
public sealed record BlockHeader(int Version, Hash256 Previous, Hash256 MerkleRoot, uint Time, CompactTarget Bits, uint Nonce) : IDisplay
{
    /// <summary>How many bytes a header has.</summary>
    public const int Size = 80;

    /// <summary>The hash that names the block: SHA-256 twice over the 80 bytes.</summary>
    public Hash256 Hash
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            CopyTo(bytes);
            return Hash256.Twice(bytes);
        }
    }

    /// <summary>Whether the hash does not exceed the target. Whether it is the target that the chain asks for here, the chain knows.</summary>
    public bool HasProofOfWork => Bits.IsMetBy(Hash);

    /// <summary>The time as a date.</summary>
    public DateTimeOffset Date => DateTimeOffset.FromUnixTimeSeconds(Time);

    /// <summary>A header of its 80 bytes.</summary>
    /// <exception cref="BitcoinException">There are fewer bytes or more.</exception>
    public static BlockHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var header = Read(ref reader);
        reader.End("the header");
        return header;
    }

    /// <summary>A header of 160 hexadecimal digits.</summary>
    /// <exception cref="BitcoinException">The digits are no header.</exception>
    public static BlockHeader Parse(string hex) => Parse(Hex.Parse(hex));

    /// <summary>The 80 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Writes the 80 bytes.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        var writer = new ByteWriter(bytes);
        writer.Int32(Version);
        writer.Hash(Previous);
        writer.Hash(MerkleRoot);
        writer.UInt32(Time);
        writer.UInt32(Bits.Bits);
        writer.UInt32(Nonce);
    }

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The hash, and a line for each thing that it is made of.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"""
        header {Hash}
          version {Version}
          previous {Previous}
          Merkle root {MerkleRoot}
          time {Date.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC ({Time})
          bits {Bits}
          nonce {Nonce}
        """).ReplaceLineEndings("\n");

    internal static BlockHeader Read(ref ByteReader reader) => new(
        reader.Int32("the header's version"), reader.Hash("the header's previous block"), reader.Hash("the header's Merkle root"),
        reader.UInt32("the header's time"), new CompactTarget(reader.UInt32("the header's bits")), reader.UInt32("the header's nonce"));
}
