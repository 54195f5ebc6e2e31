using System.Text;
using Workbook.MapReduce;
using Workbook.MapReduce.Cluster;
using Workbook.MapReduce.Real;
using static Workbook.Tests.MapReduce.MapReduceInputs;

namespace Workbook.Tests.MapReduce.Live;

public sealed class GlobalFilesInFolderTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly JobFolders _folders;
    private readonly GlobalFilesInFolder _files;

    public GlobalFilesInFolderTests()
    {
        _folders = new JobFolders(_folder.Path, Directory.CreateDirectory(_folder.Output + "-new").FullName, Directory.CreateDirectory(_folder.Output).FullName);
        _files = new GlobalFilesInFolder(_folders);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_in_the_output_folder_when_it_is_renamed_and_not_before()
    {
        _files.Create("mr-out-0.w1");
        _files.Append("mr-out-0.w1", "a 1\n"u8);
        _files.Append("mr-out-0.w1", "b 2\n"u8);
        Assert.Empty(Directory.GetFileSystemEntries(_folders.Output));
        _files.Rename("mr-out-0.w1", "mr-out-0");
        Assert.Equal("a 1\nb 2\n", File.ReadAllText(Path.Combine(_folders.Output, "mr-out-0")));
        Assert.Empty(Directory.GetFileSystemEntries(_folders.Unfinished));
    }

    [Fact]
    public void The_second_of_two_that_write_the_same_file_takes_the_place_of_the_first()
    {
        foreach (var worker in (string[])["w1", "w2"])
        {
            _files.Create($"mr-out-0.{worker}");
            _files.Append($"mr-out-0.{worker}", Encoding.UTF8.GetBytes(worker));
            _files.Rename($"mr-out-0.{worker}", "mr-out-0");
        }

        Assert.Equal("w2", File.ReadAllText(Path.Combine(_folders.Output, "mr-out-0")));
    }

    [Fact]
    public void A_split_is_read_from_the_input_folder_or_by_its_full_name()
    {
        var full = _folder.Write("in.txt", "one\ntwo\n");
        Assert.Equal("two\n"u8.ToArray(), _files.Read(new Split("in.txt", 4, 4)).ToArray());
        Assert.Equal("one\n"u8.ToArray(), _files.Read(new Split(full, 0, 4)).ToArray());
        Assert.Contains("There is no input file", Assert.Throws<MapReduceException>(() => _files.Read(new Split("gone.txt", 0, 1))).Message);
        Assert.Contains("became shorter", Assert.Throws<MapReduceException>(() => _files.Read(new Split("in.txt", 4, 5))).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../mr-out-0")]
    [InlineData("/mr-out-0")]
    [InlineData(".hidden")]
    [InlineData("a\\b")]
    public void A_name_that_leads_elsewhere_is_refused(string name)
    {
        Assert.Contains("is no name for an output file", Assert.Throws<MapReduceException>(() => _files.Create(name)).Message);
        _files.Create("mr-out-0.w1");
        Assert.Throws<MapReduceException>(() => _files.Rename("mr-out-0.w1", name));
    }

    [Fact]
    public void A_worker_that_is_late_is_told_that_the_folder_is_gone()
    {
        _files.Create("mr-out-0.w1");
        Directory.Delete(_folders.Unfinished, recursive: true);
        Assert.Contains("mr-out-0.w1 cannot be written", Assert.Throws<MapReduceException>(() => _files.Append("mr-out-0.w1", "a"u8)).Message);
        Assert.Throws<MapReduceException>(() => _files.Create("mr-out-0.w2"));
        Assert.Throws<MapReduceException>(() => _files.Rename("mr-out-0.w1", "mr-out-0"));
    }
}
