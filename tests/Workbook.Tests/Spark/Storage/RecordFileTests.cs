using Workbook.Spark;
using Workbook.Spark.Storage;

namespace Workbook.Tests.Spark.Storage;

public sealed class RecordFileTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4_096)]
    [InlineData(10_000)]
    public void What_was_written_is_read(int count)
    {
        var records = Enumerable.Range(0, count).Select(number => ($"record {number}", number)).ToArray();
        Assert.Equal(records, RecordFile.Read<(string, int)>(new MemoryStream(Written(records)), "file"));
    }

    [Fact]
    public void A_file_that_was_cut_or_changed_is_never_read_as_data()
    {
        var records = Enumerable.Range(0, 5_000).ToArray();
        var bytes = Written(records);
        foreach (var at in new[] { 3, 12, 20, bytes.Length - 1, bytes.Length / 2 })
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0x40;
            AssertDamaged(changed);
            if (at != 0) AssertDamaged(bytes[..at]);
        }
    }

    private static void AssertDamaged(byte[] bytes)
    {
        var refused = Assert.Throws<SparkException>(() => RecordFile.Read<int>(new MemoryStream(bytes), "file"));
        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
    }

    private static byte[] Written<T>(T[] records)
    {
        var stream = new MemoryStream();
        RecordFile.Write<T>(stream, records);
        return stream.ToArray();
    }
}
