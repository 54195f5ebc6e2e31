using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(891, "891")]
    [InlineData(12900.4, "12,900")]
    [InlineData(-0.01234, "-0.01234")]
    [InlineData(1.5, "1.5")]
    [InlineData(1e-9, "1e-9")]
    [InlineData(3.2e18, "3.2e18")]
    public void Numbers_have_four_digits_and_thousands_apart(double value, string text) => Assert.Equal(text, Words.Number(value));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0000012, "1.2 µs")]
    [InlineData(0.035, "35 ms")]
    [InlineData(1.25, "1.25 s")]
    public void Times_choose_their_unit(double seconds, string text) => Assert.Equal(text, Words.Time(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("w2", "w10")]
    [InlineData("w2", "w02b")]
    [InlineData("a", "b")]
    [InlineData("a", "a1")]
    [InlineData("9", "10")]
    public void Names_are_in_natural_order(string first, string second)
    {
        Assert.True(Words.CompareNaturally(first, second) < 0);
        Assert.True(Words.CompareNaturally(second, first) > 0);
        Assert.Equal(0, Words.CompareNaturally(first, first));
    }

    [Fact]
    public void Long_lists_end_in_how_many_more() => Assert.Equal("1, 2, 3, 4, 5, 6 and 4 more",
        Words.List(Enumerable.Range(1, 10).Select(i => $"{i}")));

    [Theory]
    [InlineData(1, "1 dependency")]
    [InlineData(2, "2 dependencies")]
    public void A_noun_may_have_a_plural_of_its_own(int count, string text) => Assert.Equal(text, Words.Count(count, "dependency", "dependencies"));
}
