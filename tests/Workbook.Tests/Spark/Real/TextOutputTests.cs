using Workbook.Spark;
using Workbook.Spark.Real;
using Workbook.Spark.Storage;

namespace Workbook.Tests.Spark.Real;

/// <summary>What is written to folders: all of it, or nothing.</summary>
public sealed class TextOutputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("workbook-output-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_dataset_is_a_file_for_each_partition_and_can_be_read_again()
    {
        var spark = SparkInputs.Context();
        var folder = Path.Combine(_folder, "not", "yet", "there");
        spark.Range(0, 3_000, 3).Map(number => (number, 0.5)).SaveAsTextFile(folder);
        Assert.Equal(["part-00000", "part-00001", "part-00002"], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal(Enumerable.Range(0, 3_000).Select(number => $"({number}, 0.5)"), spark.TextFile(folder).Collect());
        spark.Parallelize<string?>(["é", null, "日"], 1).SaveAsTextFile(folder + "2/");
        Assert.Equal("é\n\n日\n", File.ReadAllText(Path.Combine(folder + "2", "part-00000")));
    }

    [Fact]
    public void A_folder_or_file_that_is_there_is_left_as_it_is()
    {
        var numbers = SparkInputs.Context().Range(0, 3);
        Assert.Contains("is there already, and is left as it is", Assert.Throws<SparkException>(() => numbers.SaveAsTextFile(_folder)).Message, StringComparison.Ordinal);
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "mine");
        Assert.Contains("is a file: name another folder", Assert.Throws<SparkException>(() => numbers.SaveAsTextFile(file)).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(file));
        Assert.Throws<SparkException>(() => numbers.SaveAsTextFile(Path.Combine(file, "below")));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void A_job_that_fails_leaves_nothing()
    {
        var numbers = SparkInputs.Context().Range(0, 3_000, 3).Map(number => number == 2_500 ? throw new InvalidOperationException("no") : number);
        Assert.Throws<SparkException>(() => numbers.SaveAsTextFile(Path.Combine(_folder, "new", "out")));
        var failure = Assert.Throws<SparkException>(() => SparkInputs.Context().Parallelize([new Mute()], 1).SaveAsTextFile(Path.Combine(_folder, "out")));
        Assert.Equal(
            "The function of saveAsTextFile (on dataset 0) failed at record 0 of partition 0, 'whose ToString throws NotSupportedException': "
            + "NotSupportedException: not a word.", failure.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Temporary_files_go_though_some_of_them_cannot()
    {
        File.WriteAllText(Path.Combine(_folder, "1.records"), "");
        using (File.OpenRead(Path.Combine(_folder, "1.records"))) TemporaryFiles.Clear(_folder);
        Assert.False(Directory.Exists(_folder) && OperatingSystem.IsLinux());
        TemporaryFiles.Clear(_folder);
        TemporaryFiles.Clear(Path.Combine(_folder, "never", "there"));
        Directory.CreateDirectory(_folder);
    }

    [Fact]
    public void A_block_on_disk_is_read_as_often_as_wanted()
    {
        var block = (Block<int>)TemporaryFiles.Write(new Block<int>([1, 2, 3]));
        Assert.Equal(12, block.Bytes);
        Assert.Equal([1, 2, 3], block.Records);
        Assert.Equal([1, 2, 3], block.Records);
    }

    private sealed class Mute
    {
        public override string ToString() => throw new NotSupportedException("not a word");
    }
}
