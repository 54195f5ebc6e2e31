using Workbook.Spark;
using Workbook.Spark.Apps;

namespace Workbook.Tests.Spark.Apps;

/// <summary>Links drawn at random and links read from text; words counted.</summary>
public sealed class GraphInputTests
{
    [Fact]
    public void An_R_MAT_graph_is_the_same_whatever_the_partitions_and_threads()
    {
        var once = Edges(threads: 1, partitions: 1, seed: 1);
        Assert.Equal(10_000, once.Length);
        Assert.Equal(once, Edges(threads: 2, partitions: 3, seed: 1));
        Assert.Equal(once, Edges(threads: 4, partitions: 40, seed: 1));
        Assert.NotEqual(once, Edges(threads: 1, partitions: 1, seed: 2));

        static (int From, int To)[] Edges(int threads, int partitions, ulong seed) =>
            Rmat.Edges(SparkInputs.Context(threads), 1024, 10_000, seed, partitions).Collect();
    }

    /// <summary>A quarter of a quarter and so on: what each half of the pages has is as the chances say.</summary>
    [Fact]
    public void An_R_MAT_graph_is_uneven_as_its_chances_say()
    {
        var edges = Rmat.Edges(SparkInputs.Context(), 1024, 100_000).Collect();
        Assert.All(edges, edge => Assert.True((uint)edge.From < 1024 && (uint)edge.To < 1024));
        for (var bit = 1; bit < 1024; bit <<= 1)
        {
            Assert.Equal(0.57, Share(edge => (edge.From & bit) == 0 && (edge.To & bit) == 0), tolerance: 0.01);
            Assert.Equal(0.19, Share(edge => (edge.From & bit) == 0 && (edge.To & bit) != 0), tolerance: 0.01);
            Assert.Equal(0.19, Share(edge => (edge.From & bit) != 0 && (edge.To & bit) == 0), tolerance: 0.01);
        }

        // The page of the most links has many times the mean of 98.
        Assert.True(edges.GroupBy(edge => edge.From).Max(page => page.Count()) > 20 * 98);

        double Share(Func<(int From, int To), bool> isCounted) => edges.Count(isCounted) / (double)edges.Length;
    }

    [Fact]
    public void A_graph_of_pages_that_cannot_be_halved_is_refused() =>
        Assert.Equal("R-MAT halves the pages again and again, so their number must be a power of two; 1000 is none.",
            Assert.Throws<SparkException>(() => Rmat.Edges(SparkInputs.Context(), 1000)).Message);

    [Fact]
    public void Links_are_read_from_lines_and_comments_passed_over()
    {
        var lines = SparkInputs.Context().Parallelize(["# pages of a site", "1 2", "", " 3\t4 "]);
        Assert.Equal([("1", "2"), ("3", "4")], EdgeLines.Parse(lines).Collect());
        Assert.Equal([(1, 2), (3, 4)], EdgeLines.ParseNumbers(lines).Collect());
    }

    [Theory]
    [InlineData("3", "a link was expected, two whole numbers from 0 to 2147483647 with a space between, such as '1 3', and there is only one word.")]
    [InlineData("3 4 5", "a link was expected, two whole numbers from 0 to 2147483647 with a space between, such as '1 3', and there are 3 words.")]
    [InlineData("3 -4", "a link was expected, two whole numbers from 0 to 2147483647 with a space between, such as '1 3', and '-4' is none.")]
    public void A_line_that_is_no_link_is_named_with_its_file_and_number(string line, string says)
    {
        var folder = Directory.CreateTempSubdirectory("links-");
        try
        {
            var file = Path.Combine(folder.FullName, "links.txt");
            File.WriteAllLines(file, ["1 2", "2 3", line, "3 1"]);
            var links = EdgeLines.ParseNumbers(SparkInputs.Context().TextFile(file, 2));
            var failure = Assert.Throws<SparkException>(() => PageRank.Run(links, 2).Result.Collect());
            Assert.Contains($"line 3 of {file} ", failure.Message, StringComparison.Ordinal);
            Assert.EndsWith(says, failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Words_between_blanks_are_counted()
    {
        var counts = WordCount.Of(SparkInputs.Context().Parallelize(["to be or  not", "\tto be", ""]), 3);
        Assert.Equal([("be", 2), ("not", 1), ("or", 1), ("to", 2)], counts.Collect().OrderBy(word => word.Key, StringComparer.Ordinal));
        Assert.Equal(3, counts.Partitions);
    }

    [Fact]
    public void Words_of_every_length_and_script_are_counted_as_linq_counts_them()
    {
        string[] kinds = ["word", "a word of some length".Replace(' ', '-'), "wört", "слово", "слово-подлиннее", "\uFF21", ""];
        var lines = Enumerable.Range(0, 500).Select(line => string.Join(' ', Enumerable.Range(0, 150).Select(at => $"{kinds[at % 7]}{line * at % 1301}"))).ToList();
        var expected = lines.SelectMany(line => line.Split(' ')).GroupBy(word => word, (word, all) => (word, all.LongCount()));
        var counts = WordCount.Of(SparkInputs.Context().Parallelize(lines, 3)).Collect();
        Assert.Equal(expected.OrderBy(word => word.word, StringComparer.Ordinal), counts.OrderBy(word => word.Key, StringComparer.Ordinal));
    }
}
