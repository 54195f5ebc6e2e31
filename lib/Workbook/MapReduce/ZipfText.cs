namespace Workbook.MapReduce;

/// <summary>
/// Text of any size whose words are as unevenly spread as those of a natural language: the word of rank k comes up in proportion
/// to 1/k (Zipf's law). The same seed gives the same text.
/// </summary>
public static partial class ZipfText
{
    private const int LineLength = 70;

    /// <summary>Writes a text.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="bytes">How long: the text ends with the last word that fits, and a line break.</param>
    /// <param name="words">How many different words there may be.</param>
    /// <param name="seed">Which text.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 word, or a negative length.</exception>
    public static void Write(Stream to, long bytes, int words = 100_000, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 1);
        var vocabulary = Enumerable.Range(0, words).Select(Word).ToArray();
        var ranks = new AliasTable([.. Enumerable.Range(1, words).Select(rank => 1.0 / rank)]);
        var random = seed;
        var buffer = new byte[1 << 16];
        int used = 0, lineStart = 0;
        for (var left = bytes; ;)
        {
            var word = vocabulary[ranks.Draw(NextRandom(ref random), NextRandom(ref random))];
            if (word.Length + 1 > left)
                break;
            if (used + word.Length + 1 > buffer.Length)
            {
                to.Write(buffer, 0, used);
                lineStart -= used;
                used = 0;
            }

            word.CopyTo(buffer, used);
            used += word.Length;
            left -= word.Length + 1;
            var isFull = used - lineStart >= LineLength;
            buffer[used++] = (byte)(isFull ? '\n' : ' ');
            if (isFull)
                lineStart = used;
        }

        if (used > 0)
            buffer[used - 1] = (byte)'\n';
        to.Write(buffer, 0, used);
    }

    /// <summary>The word of a rank, from 0: syllables that count up, the more the rarer the word is, and a consonant to end with.</summary>
    private static byte[] Word(int rank)
    {
        ReadOnlySpan<byte> consonants = "tnsrhldcmfpgwybvkxjz"u8, vowels = "eaoiu"u8;
        var letters = new List<byte>();
        for (var left = rank; left >= 0; left = (left / 100) - 1)
            letters.AddRange([consonants[left % 20], vowels[left / 20 % 5]]);
        letters.Add(consonants[rank % 19]);
        return [.. letters];
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014): good numbers from a counter, in three multiplications.</summary>
    private static ulong NextRandom(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>
    /// Draws from any distribution in constant time (Walker 1977): each column of a bar chart is cut to the average height and
    /// filled up with a piece of one other column, so that a column and a height name an outcome.
    /// </summary>
    private sealed class AliasTable
    {
        private readonly double[] _height;
        private readonly int[] _other;

        public AliasTable(double[] weights)
        {
            var average = weights.Sum() / weights.Length;
            _height = [.. weights.Select(weight => weight / average)];
            _other = [.. Enumerable.Range(0, weights.Length)];
            var low = new Stack<int>(_other.Where(i => _height[i] < 1));
            var high = new Stack<int>(_other.Where(i => _height[i] >= 1));
            while (low.Count > 0 && high.Count > 0)
            {
                var (poor, rich) = (low.Pop(), high.Pop());
                _other[poor] = rich;
                _height[rich] -= 1 - _height[poor];
                (_height[rich] < 1 ? low : high).Push(rich);
            }
        }

        public int Draw(ulong column, ulong height)
        {
            var i = (int)Math.BigMul(column, (ulong)_other.Length, out _);
            return (height >> 11) * (1.0 / (1UL << 53)) < _height[i] ? i : _other[i];
        }
    }
}
