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
        var buffer = new byte[1 << 16];
        var draws = new int[64];
        int used = 0, lineStart = 0;
        for (var i = 0; ; i++)
        {
            // Many draws at a time: each waits for memory, and the processor can wait for several at once.
            if (i % draws.Length == 0)
                ranks.Draw(draws, ref seed);
            var word = vocabulary[draws[i % draws.Length]];
            bytes -= word.Length + 1;
            if (bytes < 0)
                break;
            if (used + word.Length + 1 > buffer.Length)
            {
                to.Write(buffer, 0, used);
                lineStart -= used;
                used = 0;
            }

            word.CopyTo(buffer.AsSpan(used));
            used += word.Length;
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

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014): good numbers from a counter, in two multiplications.</summary>
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
        private record struct Column(float Height, int Other);

        private readonly Column[] _columns;

        public AliasTable(double[] weights)
        {
            var average = weights.Sum() / weights.Length;
            _columns = [.. weights.Select((weight, i) => new Column((float)(weight / average), i))];
            var low = new Stack<int>(Enumerable.Range(0, weights.Length).Where(i => _columns[i].Height < 1));
            var high = new Stack<int>(Enumerable.Range(0, weights.Length).Where(i => _columns[i].Height >= 1));
            while (low.Count > 0 && high.Count > 0)
            {
                var (poor, rich) = (low.Pop(), high.Pop());
                _columns[poor].Other = rich;
                _columns[rich].Height -= 1 - _columns[poor].Height;
                (_columns[rich].Height < 1 ? low : high).Push(rich);
            }
        }

        /// <summary>
        /// One random number gives both: times the number of columns, its whole part is the column, its fraction the height.
        /// </summary>
        public void Draw(Span<int> outcomes, ref ulong seed)
        {
            foreach (ref var outcome in outcomes)
            {
                var i = (int)Math.BigMul(NextRandom(ref seed), (ulong)_columns.Length, out var fraction);
                outcome = (fraction >> 40) * (1f / (1 << 24)) < _columns[i].Height ? i : _columns[i].Other;
            }
        }
    }
}
