using System.Text;
using Workbook.MapReduce;
using Workbook.Parts;

namespace Workbook.Tests.MapReduce;

public sealed class ZipfTextTests
{
    [Fact]
    public void The_same_seed_gives_the_same_text_and_another_another()
    {
        Assert.Equal(Text(10_000, 100, 1), Text(10_000, 100, 1));
        Assert.NotEqual(Text(10_000, 100, 1), Text(10_000, 100, 2));
        Assert.Equal(15786787942517753972UL, StableHash.Of(Text(10_000, 100, 1)));
    }

    [Fact]
    public void Words_come_up_in_proportion_to_one_over_their_rank()
    {
        var counts = Text(2_000_000, 1_000, 1).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .CountBy(word => word).Select(pair => pair.Value).OrderDescending().ToList();

        Assert.Equal(1_000, counts.Count);
        foreach (var rank in new[] { 2, 5, 10, 50, 100 })
            Assert.InRange((double)counts[0] / counts[rank - 1] / rank, 0.85, 1.15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void It_is_as_long_as_asked_but_for_a_word(int bytes)
    {
        var text = Text(bytes, 1_000, 1);

        Assert.InRange(text.Length, Math.Max(0, bytes - 8), bytes);
        Assert.True(text.Length == 0 || text[^1] == '\n');
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    private static string Text(int bytes, int words, ulong seed)
    {
        var text = new MemoryStream();
        ZipfText.Write(text, bytes, words, seed);
        return Encoding.ASCII.GetString(text.ToArray());
    }
}
