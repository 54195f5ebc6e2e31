using System.Buffers;
using System.Runtime.CompilerServices;

namespace Workbook.MapReduce.Tasks;

/// <summary>
/// All values of a key, encoded, in the order in which they came. Each key has a chain of chunks in one array; a chunk is twice as
/// long as the one before it, so that a rare key wastes little and a frequent one is written without jumping about.
/// </summary>
internal sealed class ListedValues<TValue>(Codec<TValue> codec, Func<TValue, TValue, TValue>? combine) : PendingValues<TValue>(codec)
{
    private const int FirstChunk = 16;
    private const int LargestChunk = 16 * 1024;
    private const int LinkSize = 2 * sizeof(int);

    /// <summary>A key's chain: where it begins, where the next byte goes, where the last chunk ends, and how long that one is.</summary>
    private record struct Chain(int First, int At, int End, int ChunkLength, long Bytes);

    private Chain[] _chains = new Chain[512];
    private byte[] _bytes = new byte[64 * 1024];
    private readonly ArrayBufferWriter<byte> _gathered = new();
    private int _count;
    private int _used;

    public override void Add(int key, TValue value)
    {
        if (key == _count)
            Begin();
        var bytes = Codec.BytesOf(value, Scratch);
        ref var chain = ref _chains[key];
        var size = SegmentWriter.SizeOfValue(bytes.Length);
        if (size <= chain.End - chain.At)
        {
            var room = _bytes.AsSpan(chain.At, size);
            bytes.CopyTo(room[SegmentWriter.WriteLength(bytes.Length, room)..]);
            chain.At += size;
        }
        else
        {
            Span<byte> length = stackalloc byte[10];
            Append(ref chain, length[..SegmentWriter.WriteLength(bytes.Length, length)]);
            Append(ref chain, bytes);
        }

        chain.Bytes += size;
        Size = _used + (_count * (long)Unsafe.SizeOf<Chain>());
    }

    public override void Write(int key, ReadOnlySpan<byte> keyBytes, SegmentWriter to)
    {
        if (combine is null)
        {
            to.WriteKey(keyBytes, _chains[key].Bytes);
            foreach (var (start, length) in Chunks(key))
                to.Write(_bytes.AsSpan(start, length));
            return;
        }

        var all = Fold(key, combine);
        var value = Codec.BytesOf(all, Scratch);
        to.WriteKey(keyBytes, SegmentWriter.SizeOfValue(value.Length));
        to.WriteValue(value);
    }

    public override void Clear()
    {
        _count = 0;
        _used = 0;
        Size = 0;
    }

    private TValue Fold(int key, Func<TValue, TValue, TValue> fold)
    {
        _gathered.ResetWrittenCount();
        foreach (var (start, length) in Chunks(key))
            _gathered.Write(_bytes.AsSpan(start, length));
        var left = _gathered.WrittenSpan;
        var all = Codec.Decode(Next(ref left));
        while (!left.IsEmpty)
            all = fold(all, Codec.Decode(Next(ref left)));
        return all;
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> values)
    {
        var length = (int)SegmentReader.ReadLength(ref values);
        var value = values[..length];
        values = values[length..];
        return value;
    }

    private void Begin()
    {
        if (_count == _chains.Length)
            Array.Resize(ref _chains, 2 * _count);
        var start = NewChunk(FirstChunk);
        _chains[_count++] = new Chain(start, start, start + FirstChunk, FirstChunk, 0);
    }

    private void Append(ref Chain chain, ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var fits = Math.Min(bytes.Length, chain.End - chain.At);
            bytes[..fits].CopyTo(_bytes.AsSpan(chain.At));
            chain.At += fits;
            bytes = bytes[fits..];
            if (bytes.IsEmpty)
                return;
            var length = (int)Math.Max(Math.Min(2L * chain.ChunkLength, LargestChunk), Math.Min(bytes.Length, Array.MaxLength / 2));
            var next = NewChunk(length);
            BitConverter.TryWriteBytes(_bytes.AsSpan(chain.End), next);
            BitConverter.TryWriteBytes(_bytes.AsSpan(chain.End + sizeof(int)), length);
            chain.At = next;
            chain.End = next + length;
            chain.ChunkLength = length;
        }
    }

    /// <summary>Room for a chunk, and behind it for the place and the length of the next one.</summary>
    private int NewChunk(int length)
    {
        var start = _used;
        var end = (long)start + length + LinkSize;
        if (end > _bytes.Length)
            Array.Resize(ref _bytes, Growth.Of(_bytes.Length, end));
        _used = (int)end;
        return start;
    }

    private IEnumerable<(int Start, int Length)> Chunks(int key)
    {
        var left = _chains[key].Bytes;
        var start = _chains[key].First;
        var length = FirstChunk;
        while (left > length)
        {
            yield return (start, length);
            left -= length;
            var link = start + length;
            start = BitConverter.ToInt32(_bytes, link);
            length = BitConverter.ToInt32(_bytes, link + sizeof(int));
        }

        yield return (start, (int)left);
    }
}
