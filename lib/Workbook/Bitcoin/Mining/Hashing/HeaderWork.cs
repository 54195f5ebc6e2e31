using System.Buffers.Binary;

namespace Workbook.Bitcoin;

/// <summary>
/// All of a header's double SHA-256 that does not depend on its nonce: the state after the first 64 bytes (the midstate), and of the second block
/// the three words before the nonce. Hashing with another nonce then costs two compressions instead of three.
/// </summary>
internal sealed class HeaderWork
{
    /// <summary>Bytes of a header; the nonce is the last four.</summary>
    public const int HeaderSize = 80;

    private readonly uint[] _midstate = [.. Sha256.Initial];
    private readonly uint[] _tail = new uint[16];

    /// <exception cref="ArgumentException">The header is not 80 bytes long.</exception>
    public HeaderWork(ReadOnlySpan<byte> header)
    {
        if (header.Length != HeaderSize)
            throw new ArgumentException($"A block header has {HeaderSize} bytes, and this one {header.Length}; give BlockHeader.ToBytes().", nameof(header));
        Span<uint> block = stackalloc uint[16];
        Sha256.ReadWords(header[..64], block);
        Sha256.Compress(_midstate, block);
        Sha256.ReadWords(header[64..], _tail);
        (_tail[4], _tail[15]) = (0x80000000, 8 * HeaderSize);
    }

    /// <summary>The state after the first 64 bytes.</summary>
    public ReadOnlySpan<uint> Midstate => _midstate;

    /// <summary>The 16 words of the second block: end of the Merkle root, time, bits, nonce, and the padding.</summary>
    public ReadOnlySpan<uint> Tail => _tail;

    /// <summary>The header's double SHA-256 with another nonce, 32 bytes in the order in which SHA-256 gives them.</summary>
    public void Hash(uint nonce, Span<byte> hash)
    {
        Span<uint> words = stackalloc uint[8];
        HashWords(nonce, words);
        for (var at = 0; at < 8; at++) BinaryPrimitives.WriteUInt32BigEndian(hash[(4 * at)..], words[at]);
    }

    /// <summary>The same as eight words.</summary>
    public void HashWords(uint nonce, Span<uint> words)
    {
        Span<uint> block = stackalloc uint[16];
        _tail.CopyTo(block);
        block[3] = BinaryPrimitives.ReverseEndianness(nonce);
        _midstate.CopyTo(words);
        Sha256.Compress(words, block);

        block.Clear();
        words.CopyTo(block);
        (block[8], block[15]) = (0x80000000, 256);
        Sha256.Initial.CopyTo(words);
        Sha256.Compress(words, block);
    }
}
