using System.Buffers.Binary;

namespace Workbook.Live;

/// <summary>How the bytes of a connection are cut into messages: four bytes of length, big end first, then that many bytes.</summary>
internal static class Frame
{
    public const int LengthBytes = 4;

    /// <summary>The most bytes that a frame may hold.</summary>
    public const int Longest = 256 << 20;

    private const int FirstPiece = 64 << 10;

    /// <summary>The next frame, or null where the connection ends between two.</summary>
    /// <exception cref="MalformedException">The length makes no sense.</exception>
    /// <exception cref="EndOfStreamException">The connection ends within a frame.</exception>
    public static async Task<byte[]?> Read(Stream stream, int longest, CancellationToken cancellation)
    {
        var prefix = new byte[LengthBytes];
        var got = await stream.ReadAtLeastAsync(prefix, LengthBytes, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (got == 0) return null;
        if (got < LengthBytes) throw new EndOfStreamException();
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        if (length > longest) throw new MalformedException($"a frame of {length} bytes, where {longest} are the most");

        // Memory is taken as bytes come, not as they are announced.
        var frame = new byte[Math.Min(length, FirstPiece)];
        for (var filled = 0; filled < length;)
        {
            if (filled == frame.Length) Array.Resize(ref frame, (int)Math.Min(length, frame.Length * 4L));
            await stream.ReadExactlyAsync(frame.AsMemory(filled), cancellation).ConfigureAwait(false);
            filled = frame.Length;
        }

        return frame;
    }
}

/// <summary>Bytes that no node of ours sends; what they lacked is in the message.</summary>
internal sealed class MalformedException(string what, Exception? inner = null) : Exception(what, inner);
