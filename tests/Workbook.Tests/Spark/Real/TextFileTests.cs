using System.Text;
using Workbook.Spark;
using Workbook.Spark.Real;

namespace Workbook.Tests.Spark.Real;

/// <summary>Lines of files, however they are cut into parts.</summary>
public sealed class TextFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("workbook-text-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("one line")]
    [InlineData("one\ntwo\n")]
    [InlineData("one\r\ntwo\r\n\r\nfour")]
    [InlineData("\n\n\nfour\n\n")]
    [InlineData("日本語の行\né\n🙂🙂\nend")]
    [InlineData("a very long line that goes over many parts of the file and does not end before the last of them\nx\n")]
    [InlineData("\r\n\rx\r\n")]
    public void Every_number_of_partitions_gives_the_same_lines(string text)
    {
        var file = Write("in.txt", text);
        var lines = text.Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line).ToList();
        if (lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        for (var partitions = 1; partitions <= Encoding.UTF8.GetByteCount(text) + 2; partitions++)
        {
            var read = SparkInputs.Context(threads: 1).TextFile(file, partitions);
            Assert.Equal(lines, read.Collect());
            Assert.Equal(Math.Clamp(Encoding.UTF8.GetByteCount(text), 1, partitions), read.Partitions);
        }
    }

    [Fact]
    public void Lines_longer_than_any_buffer_are_whole()
    {
        string[] lines = [new('a', 700_000), "", new('b', 300_001), "c"];
        var file = Write("in.txt", string.Join('\n', lines));
        Assert.Equal(lines, SparkInputs.Context().TextFile(file, 5).Collect());
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_line()
    {
        File.WriteAllBytes(Path.Combine(_folder, "mark.txt"), [.. Encoding.UTF8.Preamble, .. "a\nb"u8]);
        Assert.Equal(["a", "b"], SparkInputs.Context().TextFile(Path.Combine(_folder, "mark.txt"), 2).Collect());
        File.WriteAllBytes(Path.Combine(_folder, "short.txt"), [.. Encoding.UTF8.Preamble[..2]]);
        Assert.Single(SparkInputs.Context().TextFile(Path.Combine(_folder, "short.txt"), 1).Collect());
    }

    [Fact]
    public void A_folder_is_read_file_by_file_in_the_order_of_names()
    {
        Write("b.txt", "3\n4\n");
        Write("a.txt", "1\n2");
        Write("c.txt", "");
        Write(".hidden", "no");
        var spark = SparkInputs.Context();
        foreach (var partitions in new[] { 1, 3, 40 }) Assert.Equal(["1", "2", "3", "4"], spark.TextFile(_folder, partitions).Collect());
        Assert.Equal(7, spark.LastJob.SourceBytes);
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        var refused = Assert.Throws<SparkException>(() => spark.TextFile(Path.Combine(_folder, "empty")));
        Assert.EndsWith("empty has no files to read.", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void A_malformed_line_is_named_with_its_file_and_number(int partitions)
    {
        var file = Write("numbers.txt", string.Join('\n', Enumerable.Range(1, 5_000).Select(number => number == 4_321 ? "4321x" : $"{number}")));
        var spark = SparkInputs.Context();
        var failure = Assert.Throws<SparkException>(() => spark.TextFile(file, partitions).Map(int.Parse).Sum());
        Assert.Contains($"failed at line 4321 of {file} (record ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("'4321x': FormatException: The input string '4321x' was not in a correct format.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4_320, failure.Record + spark.TextFile(file, partitions).Glom().Collect().Take(failure.Partition!.Value).Sum(part => part.Length));
    }

    [Fact]
    public void A_file_that_goes_away_between_two_actions_is_missed_in_a_sentence()
    {
        var file = Write("in.txt", "a\n");
        var lines = SparkInputs.Context().TextFile(file);
        Assert.Equal(1, lines.Count());
        File.Delete(file);
        Assert.StartsWith($"{file} cannot be read: ", Assert.Throws<SparkException>(() => lines.Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_file_has_parts_of_at_most_64_MB()
    {
        var file = Path.Combine(_folder, "large");
        using (var stream = File.Create(file)) stream.SetLength(200L << 20);
        Assert.Equal(4, TextFiles.Cut(file, 1).Count);
        Assert.Equal(9, TextFiles.Cut(file, 9).Count);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
