using System.Text;
using Workbook.Live;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Live;

/// <summary>What every disk does, the simulated and the real.</summary>
public abstract class DiskContract
{
    protected abstract IDisk Disk { get; }

    /// <summary>The disk as the node's next process finds it.</summary>
    protected abstract IDisk AfterCrash();

    [Fact]
    public void A_file_holds_what_was_written_last()
    {
        Assert.Null(Disk.Read("log"));
        Disk.Write("log", "one"u8);
        Disk.Write("log", "2"u8);
        Assert.Equal("2", Text(Disk, "log"));
        Disk.Write("log", []);
        Assert.Equal("", Text(Disk, "log"));
    }

    [Fact]
    public void What_is_read_is_the_readers_own()
    {
        Disk.Write("log", "one"u8);
        Disk.Read("log")![0] = 0;
        Assert.Equal("one", Text(Disk, "log"));
    }

    [Fact]
    public void Appending_makes_the_file_or_adds_to_its_end()
    {
        Disk.Append("log", "one"u8);
        Disk.Append("log", []);
        Disk.Append("log", " two"u8);
        Assert.Equal("one two", Text(Disk, "log"));
    }

    [Fact]
    public void A_rename_replaces_what_had_the_name()
    {
        Disk.Write("new", "new"u8);
        Disk.Write("old", "old"u8);
        Disk.Rename("new", "old");
        Disk.Rename("old", "old");
        Assert.Equal("new", Text(Disk, "old"));
        Assert.Equal(["old"], Disk.Files());
        Assert.Throws<FileNotFoundException>(() => Disk.Rename("nothing", "something"));
        Assert.Equal(["old"], Disk.Files());
    }

    [Fact]
    public void Deleting_takes_the_file_away_if_it_is_there()
    {
        Disk.Write("log", "one"u8);
        Disk.Delete("log");
        Disk.Delete("log");
        Assert.Null(Disk.Read("log"));
        Assert.Empty(Disk.Files());
    }

    [Fact]
    public void Names_may_be_any_text_and_come_in_ordinal_order()
    {
        string[] names = ["", " ", "%", "%41", "-", ".", "..", ".lock", "../x", "A", "a", "a.b", "a.", "a/b", "log\0", "ä", "日本", "\n"];
        foreach (var name in names) Disk.Write(name, Encoding.UTF8.GetBytes(name));
        Assert.Equal(names.Order(StringComparer.Ordinal), Disk.Files());
        foreach (var name in names) Assert.Equal(name, Text(Disk, name));
        Disk.Flush();
        Assert.Equal(names.Order(StringComparer.Ordinal), AfterCrash().Files());
    }

    [Fact]
    public void What_was_flushed_outlasts_the_process()
    {
        Disk.Write("state", "new"u8);
        Disk.Append("log", "one"u8);
        Disk.Write("state.tmp", "newer"u8);
        Disk.Write("gone", "gone"u8);
        Disk.Flush();
        Disk.Rename("state.tmp", "state");
        Disk.Delete("gone");
        Disk.Append("log", " two"u8);
        Disk.Flush();
        Disk.Flush();
        var after = AfterCrash();
        Assert.Equal(["log", "state"], after.Files());
        Assert.Equal("newer", Text(after, "state"));
        Assert.Equal("one two", Text(after, "log"));
    }

    protected static string? Text(IDisk disk, string file) => disk.Read(file) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}

public sealed class SimulatedDiskContract : DiskContract
{
    private readonly Simulation _run = new(seed: 1);

    public SimulatedDiskContract() => _run.Add("s1", () => new PongServer());

    protected override IDisk Disk => _run["s1"].Disk;

    protected override IDisk AfterCrash() => _run.Crash("s1").Restart("s1")["s1"].Disk;
}

public sealed class LiveDiskContract : DiskContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("disk").FullName;
    private LiveDisk _disk;

    public LiveDiskContract() => _disk = new LiveDisk(_folder);

    protected override IDisk Disk => _disk;

    protected override IDisk AfterCrash()
    {
        _disk.Dispose();
        return _disk = new LiveDisk(_folder);
    }

    public void Dispose()
    {
        _disk.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_plain_name_is_the_files_name_in_the_folder()
    {
        Disk.Write("mr-out-0.txt", "x"u8);
        Assert.True(File.Exists(Path.Combine(_folder, "mr-out-0.txt")));
        Disk.Write("Up/..", "x"u8);
        Assert.True(File.Exists(Path.Combine(_folder, "%55p%2f.%2e")));
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_cleared_away_and_files_of_others_are_not_seen()
    {
        File.WriteAllText(Path.Combine(_folder, ".unfinished"), "ha");
        File.WriteAllText(Path.Combine(_folder, "README.md"), "a reader's own");
        File.WriteAllText(Path.Combine(_folder, "%zz"), "");
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
        Assert.Empty(AfterCrash().Files());
        Assert.False(File.Exists(Path.Combine(_folder, ".unfinished")));
        Assert.True(File.Exists(Path.Combine(_folder, "README.md")));
    }

    [Fact]
    public void A_folder_is_one_nodes_at_a_time()
    {
        var refusal = Assert.Throws<IOException>(() => new LiveDisk(_folder));
        Assert.Contains("Give each node a folder of its own", refusal.Message);
        _disk.Dispose();
        using var next = new LiveDisk(_folder);
        Assert.Empty(next.Files());
    }

    [Fact]
    public void A_disk_that_refuses_says_which_file_and_keeps_the_others()
    {
        Disk.Write("log", "one"u8);
        Directory.CreateDirectory(Path.Combine(_folder, "stuck"));
        Action[] attempts =
        [
            () => Disk.Write("stuck", "x"u8),
            () => Disk.Append("stuck", "x"u8),
            () => Disk.Rename("log", "stuck"),
            () => Disk.Write(new string('x', 300), "x"u8),
        ];
        foreach (var attempt in attempts)
        {
            Assert.StartsWith($"The disk in {_folder} refused the file ", Assert.Throws<IOException>(attempt).Message);
        }

        Assert.Equal(["log"], Disk.Files());
        Assert.Equal("one", Text(Disk, "log"));
        Disk.Flush();
    }
}
