using Workbook.Site.Publishing;
using Xunit;

namespace Workbook.Site.Tests.Publishing;

public sealed class SiteFolderTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("workbook-").FullName;

    private string Site => Path.Combine(_parent, "site");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void A_published_site_replaces_the_old_one_whole_and_leaves_nothing_beside_it()
    {
        Publish(("index.html", "old"), ("gone.html", "old"));
        Publish(("index.html", "new"), ("assets/a.css", "new"));

        Assert.Equal(["assets/a.css", "index.html"], Pages());
        Assert.Equal("new", File.ReadAllText(Path.Combine(Site, "index.html")));
        Assert.Equal([Site], Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void A_render_that_ends_before_publishing_leaves_the_old_site_and_nothing_else()
    {
        Publish(("index.html", "old"));
        using (var folder = SiteFolder.Open(Site))
            File.WriteAllText(Path.Combine(folder.Staging, "index.html"), "half");

        Assert.Equal("old", File.ReadAllText(Path.Combine(Site, "index.html")));
        Assert.Equal([Site], Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void What_a_killed_render_left_is_cleared_away()
    {
        Publish(("index.html", "old"));
        CopyMarkerTo(".site.new");
        File.WriteAllText(Path.Combine(_parent, ".site.new", "index.html"), "half");
        File.WriteAllText(Path.Combine(_parent, ".site.lock"), "");

        Publish(("index.html", "new"));

        Assert.Equal("new", File.ReadAllText(Path.Combine(Site, "index.html")));
        Assert.Equal([Site], Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void A_render_killed_between_its_two_renames_gives_the_old_site_back()
    {
        Publish(("index.html", "old"));
        Directory.Move(Site, Path.Combine(_parent, ".site.old"));
        CopyMarkerTo(".site.new");

        using (SiteFolder.Open(Site))
            Assert.Equal("old", File.ReadAllText(Path.Combine(Site, "index.html")));
    }

    [Fact]
    public void A_folder_of_something_else_is_refused_and_kept()
    {
        Directory.CreateDirectory(Site);
        File.WriteAllText(Path.Combine(Site, "thesis.tex"), "years of work");

        var error = Assert.Throws<SiteException>(() => SiteFolder.Open(Site));

        Assert.Equal($"{Site} holds files that are not a workbook site and would be lost; give --output an empty or a new folder.", error.Message);
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(Site, "thesis.tex")));
    }

    [Fact]
    public void Somebodys_folder_in_the_place_where_the_new_site_is_built_is_kept()
    {
        Directory.CreateDirectory(Path.Combine(_parent, ".site.new"));
        File.WriteAllText(Path.Combine(_parent, ".site.new", "mine"), "");

        var error = Assert.Throws<SiteException>(() => SiteFolder.Open(Site));

        Assert.EndsWith(".site.new is in the way and not ours to delete; move it elsewhere, then try again.", error.Message);
        Assert.True(File.Exists(Path.Combine(_parent, ".site.new", "mine")));
    }

    [Fact]
    public void An_empty_folder_is_accepted()
    {
        Directory.CreateDirectory(Site);
        Publish(("index.html", "new"));

        Assert.Equal(["index.html"], Pages());
    }

    [Fact]
    public void A_second_render_is_told_that_there_is_a_first()
    {
        using var first = SiteFolder.Open(Site);
        var error = Assert.Throws<SiteException>(() => SiteFolder.Open(Site));

        Assert.Equal($"Another render is writing {Site}; wait until it has ended, then try again.", error.Message);
        Assert.True(File.Exists(Path.Combine(first.Staging, SiteFolder.Marker)));
    }

    [Fact]
    public void A_file_in_the_sites_place_is_refused()
    {
        File.WriteAllText(Site, "a file");

        var error = Assert.Throws<SiteException>(() => SiteFolder.Open(Site));

        Assert.Equal($"{Site} is a file; give --output the name of a folder.", error.Message);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_one_clear_sentence()
    {
        File.WriteAllText(Path.Combine(_parent, "file"), "");

        var error = Assert.Throws<SiteException>(() => SiteFolder.Open(Path.Combine(_parent, "file", "site")));

        Assert.Contains("cannot be written", error.Message);
        Assert.Contains("--output", error.Message);
    }

    [Fact]
    public void The_root_of_a_disk_is_refused() =>
        Assert.Contains("root of a disk", Assert.Throws<SiteException>(() => SiteFolder.Open(Path.GetPathRoot(_parent)!)).Message);

    [Fact]
    public void A_link_to_a_folder_stays_a_link()
    {
        var real = Path.Combine(_parent, "real");
        Directory.CreateDirectory(real);
        Directory.CreateSymbolicLink(Site, real);

        Publish(("index.html", "new"));

        Assert.Equal(real, new DirectoryInfo(Site).LinkTarget);
        Assert.Equal("new", File.ReadAllText(Path.Combine(real, "index.html")));
    }

    [Fact]
    public void Two_folders_trade_names_in_one_step_where_the_system_can()
    {
        var one = Directory.CreateDirectory(Path.Combine(_parent, "one")).FullName;
        var other = Directory.CreateDirectory(Path.Combine(_parent, "öther")).FullName;
        File.WriteAllText(Path.Combine(one, "a"), "");

        Assert.SkipUnless(FolderExchange.TryExchange(one, other), "This file system cannot exchange two folders.");
        Assert.False(File.Exists(Path.Combine(one, "a")));
        Assert.True(File.Exists(Path.Combine(other, "a")));
    }

    private string[] Pages() =>
        Directory.GetFiles(Site, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Site, file)).Where(file => file != SiteFolder.Marker).Order(StringComparer.Ordinal).ToArray();

    private void Publish(params (string Name, string Text)[] files)
    {
        using var folder = SiteFolder.Open(Site);
        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Staging, name))!);
            File.WriteAllText(Path.Combine(folder.Staging, name), text);
        }
        folder.Publish();
    }

    private void CopyMarkerTo(string name)
    {
        Directory.CreateDirectory(Path.Combine(_parent, name));
        File.WriteAllText(Path.Combine(_parent, name, SiteFolder.Marker), "");
    }
}
