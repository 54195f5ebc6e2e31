using System.Text;
using Workbook.MapReduce;
using Workbook.MapReduce.Tasks;

namespace Workbook.Tests.MapReduce;

public sealed class WordsTests
{
    [Fact]
    public void A_word_is_a_run_of_letters()
    {
        Assert.Equal(["don", "t", "naïve", "Ω", "e", "g", "x"], WordsOf("don't 42 naïve, Ω-- e.g. x2"));
        Assert.Empty(WordsOf(""));
        Assert.Empty(WordsOf(" 123 \t.;[`{@"));
        Assert.Equal(["AZaz"], WordsOf("@AZaz["));
    }

    /// <summary>Words are looked for 64 bytes at a time: every place where a word can meet the border of a block is tried.</summary>
    [Fact]
    public void Words_across_block_borders_are_whole()
    {
        for (var before = 0; before < 70; before++)
            foreach (var length in new[] { 1, 2, 5, 62, 63, 64, 65, 127, 128, 129, 200 })
            {
                var word = new string('w', length);
                Assert.Equal([word], WordsOf(new string(' ', before) + word));
                Assert.Equal([word, "v"], WordsOf(new string('.', before) + word + " v"));
            }
    }

    [Fact]
    public void Words_are_found_as_one_byte_at_a_time_would()
    {
        var state = 1UL;
        for (var round = 0; round < 300; round++)
        {
            var bytes = new byte[(round * 7) % 331];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)((state = (state * 6364136223846793005) + 1) >> (round % 2 == 0 ? 56 : 33));

            // A line inside a longer buffer, whose neighbours must not be taken for a part of it.
            var buffer = new byte[bytes.Length + 150];
            Array.Fill(buffer, (byte)'n');
            bytes.CopyTo(buffer, 50);
            var line = new Line("f", 0, new ByteString(buffer, 50, bytes.Length));

            var expected = new List<string>();
            var word = "";
            foreach (var b in bytes.Append((byte)' '))
                if (b >= 0x80 || char.IsAsciiLetter((char)b))
                    word += $"{b:x2}";
                else if (word != "")
                    (expected, word) = ([.. expected, word], "");

            var found = new List<string>();
            foreach (var w in line.Words())
                found.Add(Convert.ToHexStringLower(w.Span));
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void Words_can_be_queried() =>
        Assert.Equal(["a", "b"], new Line("f", 0, ByteString.From("b a b")).Words().Distinct().Order().Select(word => word.ToString()));

    [Fact]
    public void Fields_stand_between_spaces_and_tabs() =>
        Assert.Equal(["GET", "/a,b", "200"], new Line("f", 0, ByteString.From("  GET\t/a,b 200 ")).Fields().Select(field => field.ToString()));

    [Fact]
    public void Lines_end_at_line_feeds_with_or_without_carriage_return()
    {
        var lines = new List<string>();
        foreach (var line in new Lines(new Split("f", 100, 0), "a\r\n\r\nb\rc\n\n\rd\r"u8.ToArray()))
            lines.Add($"{line.Offset}:{line.Text.Replace('\r', '<')}");

        Assert.Equal(["100:a", "103:", "105:b<c", "109:", "110:<d<"], lines);
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        var words = new List<string>();
        foreach (var word in new Line("f", 0, new ByteString(Encoding.UTF8.GetBytes(text))).Words())
            words.Add(word);
        return words;
    }
}
