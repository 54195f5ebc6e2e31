using Workbook.Site.Notebooks;
using Workbook.Site.Publishing;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Publishing;

public sealed class SiteRendererTests : IDisposable
{
    private readonly SmallRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task A_site_has_a_page_a_notebook_and_the_list_of_all()
    {
        AddTwo();

        var result = await _repository.RenderAsync();

        Assert.Equal("2 notebooks, 2 cells, 0 failed", result.Summary);
        Assert.Equal(
            [".workbook-site", "01-one.html", "01-one.ipynb", "02-two.html", "02-two.ipynb", "assets", "index.html"],
            Directory.GetFileSystemEntries(_repository.Site).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("First things first.", _repository.ReadSite("index.html"));
        Assert.Contains("<span>Two</span>", _repository.ReadSite("01-one.html"));
        Assert.DoesNotContain("plotly", _repository.ReadSite("01-one.html"));
    }

    [Fact]
    public async Task Labs_follow_the_lectures()
    {
        _repository.Add("lab-1-mapreduce", (Text("# Lab 1"), null));
        _repository.Add("10-late", (Text("# Late"), null));
        _repository.Add("02-early", (Text("# Early"), null));

        await _repository.RenderAsync();

        var index = _repository.ReadSite("index.html");
        string[] order = ["02-early.html", "10-late.html", "lab-1-mapreduce.html"];
        Assert.Equal(order, order.OrderBy(name => index.IndexOf(name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Failures_are_counted_named_and_shown()
    {
        AddTwo();
        _repository.Add("03-bad", (Text("# Bad"), null), (Code("x", "throw"), new CellRun("x", CellOutcome.Failed, "It does not compile.", [], TimeSpan.Zero)));
        _repository.Write("notebooks/04-broken.ipynb", "{ not json");

        var result = await _repository.RenderAsync();

        Assert.Equal("4 notebooks, 3 cells, 2 failed", result.Summary);
        Assert.Equal(["03-bad.ipynb, cell 1: It does not compile."], result.Notebooks[2].Failures);
        Assert.Contains("04-broken.ipynb", Assert.Single(result.Notebooks[3].Failures));
        Assert.Contains("This notebook could not be shown.", _repository.ReadSite("04-broken.html"));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_run_again_and_gives_the_same_pages()
    {
        AddTwo();
        await _repository.RenderAsync();
        var before = _repository.ReadSite("01-one.html");

        var again = await _repository.RenderAsync();

        Assert.Equal(2, _repository.Started);
        Assert.All(again.Notebooks, notebook => Assert.True(notebook.FromCache));
        Assert.Equal(before, _repository.ReadSite("01-one.html"));
        Assert.Equal("2 notebooks, 2 cells, 0 failed", again.Summary);
    }

    [Fact]
    public async Task Failed_notebooks_and_those_without_cache_are_run_each_time()
    {
        _repository.Add("03-bad", (Code("x", "throw"), new CellRun("x", CellOutcome.Failed, null, [new ErrorOutput("E", "broken\nmore", "")], TimeSpan.Zero)));
        await _repository.RenderAsync();
        var again = await _repository.RenderAsync();
        Assert.Equal(2, _repository.Started);
        Assert.Equal(["03-bad.ipynb, cell 1: E: broken"], again.Notebooks[0].Failures);

        AddTwo();
        await _repository.RenderAsync();
        await _repository.RenderAsync(options => options with { IgnoresCache = true });
        Assert.Equal(2 + 3 + 3, _repository.Started);
    }

    [Fact]
    public async Task A_run_with_a_skipped_cell_is_kept_for_the_day_only()
    {
        _repository.Add("01-skipped", (Code("x", "1"), new CellRun("x", CellOutcome.Skipped, "The package is not here.", [], TimeSpan.Zero)));
        await _repository.RenderAsync();
        await _repository.RenderAsync();
        var cache = Path.Combine(_repository.Root, ".workbook", "cache");
        var today = Assert.Single(Directory.GetDirectories(cache, "cards*"));
        Directory.Move(today, Path.Combine(cache, "cards-2020-01-01"));
        var started = _repository.Started;

        await _repository.RenderAsync();

        Assert.Equal((1, 2), (started, _repository.Started));
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("cards")]
    [InlineData("pages")]
    public async Task A_damaged_cache_entry_is_as_good_as_none(string kind)
    {
        AddTwo();
        await _repository.RenderAsync();
        var before = _repository.ReadSite("01-one.html");
        foreach (var file in Directory.GetFiles(Path.Combine(_repository.Root, ".workbook", "cache", kind)))
            File.WriteAllText(file, File.ReadAllText(file)[..^7]);

        await _repository.RenderAsync();

        Assert.Equal(kind == "pages" ? 2 : 4, _repository.Started);
        Assert.Equal(before, _repository.ReadSite("01-one.html"));
    }

    [Fact]
    public async Task A_new_title_reaches_the_pages_of_the_others_without_running_them()
    {
        AddTwo();
        await _repository.RenderAsync();
        _repository.Add("02-two", (Text("# Renamed"), null), (Code("b", "2"), Ran("b")));

        await _repository.RenderAsync();

        Assert.Equal(3, _repository.Started);
        Assert.Contains("<span>Renamed</span>", _repository.ReadSite("01-one.html"));
    }

    [Fact]
    public async Task Only_one_notebook_can_be_run_and_the_other_pages_stay()
    {
        AddTwo();
        await _repository.RenderAsync();
        _repository.Add("01-one", (Text("# One, changed"), null), (Code("a", "1"), Ran("a")));
        _repository.Add("02-two", (Text("# Two, changed"), null), (Code("b", "2"), Ran("b")));

        var result = await _repository.RenderAsync(options => options with { Only = ["02-two"] });

        Assert.Equal("1 notebooks, 1 cells, 0 failed", result.Summary);
        Assert.Contains(">Two, changed <", _repository.ReadSite("02-two.html"));
        Assert.Contains(">One <", _repository.ReadSite("01-one.html"));
        Assert.Contains("01-one.html", _repository.ReadSite("index.html"));
    }

    [Fact]
    public async Task A_notebook_that_is_not_there_cannot_be_asked_for()
    {
        AddTwo();

        var error = await Assert.ThrowsAsync<SiteException>(() => _repository.RenderAsync(options => options with { Only = ["03-three"] }));

        Assert.Equal("There is no notebook 03-three; there are 01-one, 02-two.", error.Message);
    }

    [Fact]
    public async Task Without_notebooks_there_is_nothing_to_render() =>
        Assert.Contains("There are no notebooks", (await Assert.ThrowsAsync<SiteException>(() => _repository.RenderAsync())).Message);

    [Fact]
    public async Task A_notebook_cannot_take_the_first_pages_place()
    {
        _repository.Add("index", (Text("# Me first"), null));

        var result = await _repository.RenderAsync();

        Assert.Contains("would take the place of the site's first page", Assert.Single(result.Notebooks[0].Failures));
        Assert.Contains("Every system of MIT", _repository.ReadSite("index.html"));
    }

    [Fact]
    public async Task A_cancelled_render_keeps_the_old_site()
    {
        AddTwo();
        await _repository.RenderAsync();
        var before = _repository.ReadSite("01-one.html");
        _repository.Add("01-one", (Text("# Changed"), null), (Code("a", "1"), Ran("a")));
        using var cancel = new CancellationTokenSource();
        _repository.Gate = async cancelled =>
        {
            await cancel.CancelAsync();
            cancelled.ThrowIfCancellationRequested();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _repository.RenderAsync(cancellationToken: cancel.Token));

        Assert.Equal(before, _repository.ReadSite("01-one.html"));
        Assert.Empty(Directory.GetFileSystemEntries(_repository.Root, ".site.*"));
    }

    [Fact]
    public async Task Two_renders_at_once_and_the_second_gives_way()
    {
        AddTwo();
        var inside = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _repository.Gate = _ =>
        {
            inside.TrySetResult();
            return go.Task;
        };

        var first = _repository.RenderAsync();
        await inside.Task;
        var error = await Assert.ThrowsAsync<SiteException>(() => _repository.RenderAsync());
        go.SetResult();

        Assert.StartsWith("Another render is writing ", error.Message);
        Assert.Equal(0, (await first).Failed);
    }

    [Fact]
    public async Task The_notebooks_that_took_longest_begin_first_and_new_ones_before_them()
    {
        AddTwo();
        _repository.Add("03-three", (Text("# Three"), null), (Code("c", "3"), Ran("c")));
        _repository.Add("04-four", (Text("# Four"), null), (Code("d", "4"), Ran("d")));
        var times = new RememberedTimes(new ContentCache(Path.Combine(_repository.Root, ".workbook", "cache"), ignoresOldEntries: false));
        times.Keep("01-one", TimeSpan.FromSeconds(2));
        times.Keep("02-two", TimeSpan.FromSeconds(20));
        times.Keep("04-four", TimeSpan.FromSeconds(9.5));

        await _repository.RenderAsync(options => options with { Jobs = 1, IgnoresCache = true });

        Assert.Equal(["03-three", "02-two", "04-four", "01-one"], _repository.Order);
        Assert.InRange(times.Of("02-two")!.Value.TotalSeconds, 0, 19);
    }

    [Fact]
    public async Task News_count_the_notebooks_and_tell_how_long_the_others_take()
    {
        AddTwo();
        await _repository.RenderAsync();
        _repository.Add("02-two", (Text("# Two, changed"), null), (Code("b", "2"), Ran("b")));
        var news = new List<RenderProgress>();

        await _repository.RenderAsync(progress: new Listener(news));

        Assert.Equal([("01-one", 1, 2), ("02-two", 2, 2)], news.Where(entry => entry.Result is not null).Select(entry => (entry.Name, entry.Ended, entry.Total)));
        Assert.All(news, entry => Assert.NotNull(entry.Left));
        Assert.Equal(TimeSpan.Zero, news[^1].Left);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_costs_only_time()
    {
        AddTwo();
        _repository.Write(".workbook", "a file where the cache's folder should be");

        await _repository.RenderAsync();
        var again = await _repository.RenderAsync();

        Assert.Equal(4, _repository.Started);
        Assert.Equal(0, again.Failed);
    }

    [Fact]
    public void The_repository_is_found_from_any_folder_in_it()
    {
        var deep = Directory.CreateDirectory(Path.Combine(_repository.Root, "lib", "Workbook", "Raft")).FullName;

        Assert.Equal(_repository.Root, RenderOptions.FindRoot(deep));
        Assert.Contains("Workbook.sln", Assert.Throws<SiteException>(() => RenderOptions.FindRoot(Path.GetPathRoot(deep)!)).Message);
    }

    private void AddTwo()
    {
        _repository.Add("01-one", (Text("# One\n\nFirst things first."), null), (Code("a", "1"), Ran("a")));
        _repository.Add("02-two", (Text("# Two"), null), (Code("b", "2"), Ran("b")));
    }

    private sealed class Listener(List<RenderProgress> news) : IProgress<RenderProgress>
    {
        public void Report(RenderProgress value) => news.Add(value);
    }
}
