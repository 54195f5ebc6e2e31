using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Workbook.MapReduce;

/// <summary>The words of a line, found 64 bytes at a time; each is a view of the line, nothing is copied.</summary>
public readonly struct Words : IEnumerable<ByteString>
{
    private readonly ByteString _line;

    internal Words(ByteString line) => _line = line;

    /// <summary>Walks the words from left to right.</summary>
    public Enumerator GetEnumerator() => new(_line);

    IEnumerator<ByteString> IEnumerable<ByteString>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// A cursor over the words. It keeps one bit for each of the 64 bytes of the current block, set for a letter, so that
    /// finding where a word begins and ends is counting zeros.
    /// </summary>
    public struct Enumerator : IEnumerator<ByteString>
    {
        private readonly byte[] _buffer;
        private readonly int _end;
        private int _block;
        private ulong _letters;
        private int _wordStart;
        private int _wordLength;

        internal Enumerator(ByteString line)
        {
            _buffer = line.Buffer;
            _end = line.Start + line.Length;
            _block = line.Start;
            _letters = LettersAt(_buffer, _block, _end);
        }

        /// <inheritdoc/>
        public readonly ByteString Current => new(_buffer, _wordStart, _wordLength);

        /// <inheritdoc/>
        public bool MoveNext()
        {
            while (_letters == 0)
            {
                if (_end - _block <= 64)
                    return false;
                NextBlock();
            }

            var start = BitOperations.TrailingZeroCount(_letters);
            _wordStart = _block + start;
            var length = BitOperations.TrailingZeroCount(~(_letters >> start));
            if (start + length < 64)
                _letters &= ulong.MaxValue << (start + length);
            else
                length = FollowIntoNextBlocks(64 - start);
            _wordLength = length;
            return true;
        }

        private int FollowIntoNextBlocks(int length)
        {
            while (_end - _block > 64)
            {
                NextBlock();
                var more = BitOperations.TrailingZeroCount(~_letters);
                length += more;
                if (more < 64)
                {
                    _letters &= ulong.MaxValue << more;
                    return length;
                }
            }

            _letters = 0;
            return length;
        }

        private void NextBlock()
        {
            _block += 64;
            _letters = LettersAt(_buffer, _block, _end);
        }

        readonly object IEnumerator.Current => Current;

        void IEnumerator.Reset() => throw new NotSupportedException("Ask the line for its words again.");

        readonly void IDisposable.Dispose()
        {
        }
    }

    private static ulong LettersAt(byte[] buffer, int start, int end)
    {
        if (start >= end)
            return 0;
        var inLine = end - start >= 64 ? ulong.MaxValue : (1UL << (end - start)) - 1;
        if (!Vector256.IsHardwareAccelerated || buffer.Length - start < 64)
            return LettersOneByOne(buffer.AsSpan(start, Math.Min(64, end - start)));

        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(buffer), start);
        var low = Letters(Vector256.LoadUnsafe(ref first));
        var high = Letters(Vector256.LoadUnsafe(ref first, 32));
        return (low | ((ulong)high << 32)) & inLine;
    }

    /// <summary>One bit a byte. A byte of 0x80 or more belongs to a character outside ASCII, and has its top bit set as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Letters(Vector256<byte> bytes)
    {
        var fromA = (bytes | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a');
        var letters = Vector256.LessThanOrEqual(fromA, Vector256.Create((byte)25));
        return (letters | bytes).ExtractMostSignificantBits();
    }

    private static ulong LettersOneByOne(ReadOnlySpan<byte> bytes)
    {
        var letters = 0UL;
        for (var i = 0; i < bytes.Length; i++)
            if (char.IsAsciiLetter((char)bytes[i]) || bytes[i] >= 0x80)
                letters |= 1UL << i;
        return letters;
    }
}
