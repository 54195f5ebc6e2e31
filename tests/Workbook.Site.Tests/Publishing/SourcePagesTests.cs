using Workbook.Site.Pages;
using Workbook.Site.Publishing;
using Workbook.Site.Tests.Pages;
using Xunit;

namespace Workbook.Site.Tests.Publishing;

public sealed class SourcePagesTests : IDisposable
{
    private readonly SmallRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task Only_files_that_a_page_links_to_have_a_page()
    {
        Names.AddTo(_repository);
        _repository.Write("lib/Workbook/Raft/RaftServer.cs", "namespace Workbook.Raft;\npublic partial class RaftServer;\n");
        await _repository.RenderAsync();
        var pages = Directory.GetFiles(Path.Combine(_repository.Site, "source"), "*.html", SearchOption.AllDirectories).Select(Path.GetFileName);

        Assert.Equal(["RaftCluster.cs.html", "RaftRules.cs.html"], pages.Order());
    }

    [Fact]
    public async Task A_page_shows_the_file_as_it_is_line_by_line()
    {
        Names.AddTo(_repository);
        await _repository.RenderAsync();
        var html = _repository.ReadSite("source/lib/Workbook/Raft/RaftRules.cs.html");
        var listing = html.Split("listing\"><code>")[1].Split("</code></pre>")[0];
        var text = System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(listing, "<[^>]*>", ""));

        Assert.Equal(File.ReadAllText(Path.Combine(Names.Root, "lib/Workbook/Raft/RaftRules.cs")).TrimEnd(), text.TrimEnd());
        Assert.Contains("<span class=\"l\" id=\"L2\">", html);
        Assert.Contains("href=\"../../../../assets/workbook.css", html);
    }

    [Fact]
    public async Task Names_of_other_files_of_the_project_have_their_colour()
    {
        Names.AddTo(_repository);
        _repository.Write("lib/Workbook/Workbook.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        _repository.Write("lib/Workbook/Raft/RaftSafety.cs", "namespace Workbook.Raft;\ninternal sealed class RaftSafety;\n");
        await _repository.RenderAsync();
        var html = _repository.ReadSite("source/lib/Workbook/Raft/RaftCluster.cs.html");

        Assert.Contains("<span class=\"t\">RaftSafety</span>", html);
        Assert.DoesNotContain("<span class=\"t\">RaftPictures</span>", html);
    }

    [Fact]
    public async Task A_link_of_a_cells_own_HTML_shows_no_file_but_sources()
    {
        _repository.Write("data/secret.txt", "not for readers");
        _repository.Add("01-one", (Samples.Text("# One"), null), (Samples.Code("c", "1"), Samples.Ran("c", Samples.Shown(
            ("text/html", "<a href=\"source/data/secret.txt.html#L1\">x</a><a href=\"source/../../etc/passwd.cs.html#L1\">x</a>")))));
        await _repository.RenderAsync();

        Assert.False(Directory.Exists(Path.Combine(_repository.Site, "source")));
    }

    [Fact]
    public async Task A_page_that_is_kept_stays_in_the_search()
    {
        _repository.Add("01-one", (Samples.Text("# One\n\nAardvarks."), null));
        _repository.Add("02-two", (Samples.Text("# Two\n\nBadgers."), null));
        await _repository.RenderAsync();
        _repository.Add("01-one", (Samples.Text("# One\n\nCamels."), null));
        await _repository.RenderAsync(options => options with { Only = ["02-two"], IgnoresCache = true });

        Assert.Contains(Records(), record => record is { Page: "01-one.html", Text: "Aardvarks." });
        Assert.Contains(Records(), record => record is { Page: "02-two.html", Text: "Badgers." });
    }

    [Fact]
    public async Task Sections_and_cells_lead_to_where_they_stand()
    {
        var (notebook, run) = Samples.Lecture();
        _repository.Add("01-mapreduce", notebook, run);
        await _repository.RenderAsync();
        var html = _repository.ReadSite("01-mapreduce.html");

        Assert.Contains(Records(), record => record is { Section: "Two functions", Id: "two-functions", Code: "" }
            && record.Text.Contains("sees each key once"));
        Assert.Contains(Records(), record => record is { Section: "Broken on purpose", Id: "broken-on-purpose" }
            && record.Text.Contains("half a file"));
        Assert.Contains(Records(), record => record is { Id: "cell-words", Text: "" } && record.Code.Contains("Job.Map"));
        Assert.All(Records().Where(record => record.Id.Length > 0), record => Assert.Contains($"id=\"{record.Id}\"", html));
    }

    [Fact]
    public async Task A_library_that_is_not_there_takes_only_the_links_away()
    {
        _repository.Add(Names.Page, [(Samples.Text("# Names\n\nOf `RaftRules`."), null),
            (Samples.Code("load", "#r \"../lib/missing.dll\"\nusing Workbook.Raft;\nvar all = RaftRules.All;"), Samples.Ran("load"))]);
        await _repository.RenderAsync();

        Assert.Contains("RaftRules", _repository.ReadSite(Names.Page + ".html"));
        Assert.DoesNotContain("href=\"source/", _repository.ReadSite(Names.Page + ".html"));
    }

    [Fact]
    public async Task What_a_reader_loads_besides_the_text_is_small()
    {
        var (notebook, run) = Samples.Lecture();
        _repository.Add("01-mapreduce", notebook, run);
        await _repository.RenderAsync();

        Assert.InRange(SiteAssets.Files.Values.Sum(text => text.Length), 1, 100_000);
        Assert.InRange(_repository.ReadSite("01-mapreduce.html").Length, 1, 40_000);
    }

    private IReadOnlyList<SearchRecord> Records() => SearchIndex.Read(Path.Combine(_repository.Site, SearchIndex.File));
}
