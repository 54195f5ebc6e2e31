using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Playwright;
using Workbook.Site.Notebooks;
using Workbook.Site.Publishing;
using Workbook.Site.Serving;
using Workbook.Site.Tests.Pages;
using Workbook.Site.Tests.Publishing;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Serving;

/// <summary>The server as a browser sees it, and what it does when files change.</summary>
public sealed class SiteServerTests(SiteInBrowser chromium) : IAsyncLifetime
{
    /// <summary>Only a server that is stuck takes so long.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(2);

    private readonly SmallRepository _repository = new();
    private readonly Channel<ServeNews> _news = Channel.CreateUnbounded<ServeNews>();
    private readonly HttpClient _browser = new() { Timeout = Stuck };
    private SiteServer? _server;

    public ValueTask InitializeAsync()
    {
        _repository.Add("01-one", (Text("# One"), null), (Code("a", "1"), Ran("a")));
        _repository.Add("02-two", (Text("# Two"), null), (Code("b", "2"), Ran("b")));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _browser.Dispose();
        _repository.Dispose();
    }

    [Fact]
    public async Task Pages_have_the_script_and_the_published_files_do_not()
    {
        await StartAsync();

        Assert.Contains("/_live/live.js", await GetAsync("01-one.html"));
        Assert.Contains("/_live/live.js", await GetAsync(""));
        Assert.Contains("EventSource", await GetAsync("_live/live.js"));
        Assert.Equal(_repository.ReadSite("assets/workbook.css"), await GetAsync("assets/workbook.css"));
        Assert.DoesNotContain("_live", _repository.ReadSite("01-one.html"));
        Assert.False(File.Exists(Path.Combine(_repository.Site, "assets", "live.js")));
    }

    [Fact]
    public async Task A_changed_notebook_runs_again_alone_and_its_page_alone_is_told()
    {
        await StartAsync();
        using var one = await ListenAsync("/01-one.html");
        using var two = await ListenAsync("/02-two.html");
        var (before, other) = (await StateAsync(one), await StateAsync(two));
        Assert.Contains($"data-version=\"{before.Version}\"", await GetAsync("01-one.html"));

        _repository.Add("01-one", (Text("# One\n\nIt is another."), null), (Code("a", "1"), Ran("a")));
        var result = await NextAsync();

        Assert.Equal("01-one", Assert.Single(result.Result!.Notebooks).Name);
        Assert.Equal(3, _repository.Started);
        var after = await StateAsync(one);
        Assert.NotEqual(before.Version, after.Version);
        Assert.Equal(other, await StateAsync(two));
        var page = await GetAsync("01-one.html");
        Assert.Contains("It is another.", page);
        Assert.Contains($"data-version=\"{after.Version}\"", page);
    }

    [Fact]
    public async Task A_notebook_that_is_half_written_keeps_its_page_and_is_told()
    {
        await StartAsync();
        using var page = await ListenAsync("/01-one.html");
        var before = await StateAsync(page);
        var file = Path.Combine(_repository.Root, "notebooks", "01-one.ipynb");
        var whole = await File.ReadAllTextAsync(file);

        await File.WriteAllTextAsync(file, whole[..(whole.Length / 2)]);
        var broken = await NextAsync();
        Assert.Contains("is not JSON", broken.Notice);
        var told = await StateAsync(page);
        Assert.Equal((before.Version, broken.Notice), (told.Version, told.Notice));
        Assert.Contains("One", await GetAsync("01-one.html"));

        await File.WriteAllTextAsync(file, whole);
        Assert.Null((await NextAsync()).Notice);
        Assert.Equal(before, await StateAsync(page));
    }

    [Fact]
    public async Task An_open_page_loads_itself_anew_and_shows_what_went_wrong()
    {
        await StartAsync();
        await using var open = await chromium.OpenServedAsync(new Uri(_server!.Address, "01-one.html"));
        await using var other = await chromium.OpenServedAsync(new Uri(_server!.Address, "02-two.html"));
        foreach (var page in new[] { open.Page, other.Page })
            await page.EvaluateAsync("window.isTheSame = true");

        _repository.Add("01-one", (Text("# One\n\nIt is another."), null), (Code("a", "1"), Ran("a")));
        await NextAsync();
        await open.Page.GetByText("It is another.").WaitForAsync();
        Assert.False(await open.Page.EvaluateAsync<bool>("'isTheSame' in window"));

        var file = Path.Combine(_repository.Root, "notebooks", "02-two.ipynb");
        var whole = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, "half");
        Assert.Contains("02-two.ipynb is not JSON", (await NextAsync()).Notice);
        var notice = other.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "02-two.ipynb is not JSON" });
        await notice.WaitForAsync();
        await File.WriteAllTextAsync(file, whole);
        await NextAsync();
        await notice.WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.True(await other.Page.EvaluateAsync<bool>("'isTheSame' in window"));
        Assert.Empty(open.Complaints.Concat(other.Complaints));
    }

    [Fact]
    public async Task A_cell_that_fails_is_told_and_its_page_shows_it()
    {
        await StartAsync();
        _repository.Add(
            "01-one", (Text("# One"), null), (Code("a", "throw"), new CellRun("a", CellOutcome.Failed, "It broke.", [new ErrorOutput("Oh", "broke", "")], default)));

        Assert.Equal("01-one.ipynb, cell 1: It broke.", (await NextAsync()).Notice);
        Assert.Contains("broke", await GetAsync("01-one.html"));
    }

    [Theory]
    [InlineData("data/words.txt")]
    [InlineData("lib/Some/bin/Release/Some.dll")]
    public async Task Data_and_built_libraries_make_all_notebooks_asked_for(string path)
    {
        _repository.Write(path, "one");
        await StartAsync();

        _repository.Write(path, "two");

        Assert.Equal(2, (await NextAsync()).Result!.Notebooks.Count);
    }

    [Fact]
    public async Task A_change_ends_a_run_that_hangs()
    {
        await StartAsync();
        var hangs = new TaskCompletionSource();
        _repository.Gate = cancelled =>
        {
            hangs.SetResult();
            return Task.Delay(Timeout.Infinite, cancelled);
        };
        _repository.Add("01-one", (Text("# Hangs"), null), (Code("a", "while"), Ran("a")));
        await hangs.Task.WaitAsync(Stuck);

        _repository.Gate = _ => Task.CompletedTask;
        _repository.Add("01-one", (Text("# Ends"), null), (Code("a", "1"), Ran("a")));

        Assert.Null((await NextAsync()).Notice);
        Assert.Contains("Ends", await GetAsync("01-one.html"));
    }

    [Fact]
    public async Task Before_the_first_site_a_page_waits_for_it()
    {
        var gate = new TaskCompletionSource();
        _repository.Gate = cancelled => gate.Task.WaitAsync(cancelled);
        await StartAsync(waits: false);
        using var page = await ListenAsync("/index.html");

        Assert.Contains("run for the first time", await GetAsync(""));
        Assert.Equal("", (await StateAsync(page)).Version);
        gate.SetResult();
        await NextAsync();
        Assert.NotEqual("", (await StateAsync(page)).Version);
    }

    [Theory]
    [InlineData("/../Workbook.sln")]
    [InlineData("/assets/../../notebooks/01-one.ipynb")]
    [InlineData("/%2e%2e/Workbook.sln")]
    [InlineData("/..%2fWorkbook.sln")]
    [InlineData("/..%5cWorkbook.sln")]
    [InlineData("/%2fetc/passwd")]
    [InlineData("/.workbook-site")]
    [InlineData("/nowhere.html")]
    public async Task Nothing_but_the_site_is_served(string path)
    {
        await StartAsync();
        Assert.Matches("^HTTP/1.1 (400|404) ", await RawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    [Theory]
    [InlineData("localhost", "200")]
    [InlineData("LOCALHOST:80", "200")]
    [InlineData("127.0.0.1", "200")]
    [InlineData("[::1]:6824", "200")]
    [InlineData("evil.example", "403")]
    [InlineData("localhost.evil.example", "403")]
    [InlineData("127.0.0.1.evil.example", "403")]
    public async Task Only_this_machines_own_names_are_answered(string host, string status)
    {
        await StartAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", await RawAsync($"GET /01-one.html HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using var server = new SiteServer(new ServeOptions { Render = new RenderOptions { Root = _repository.Root }, Port = port }, _repository.Run);
        var error = await Assert.ThrowsAsync<SiteException>(() => server.StartAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith($"Port {port} can't be had (", error.Message);
        Assert.EndsWith("; give another one with --port, or none.", error.Message);
    }

    private async Task StartAsync(bool waits = true)
    {
        var options = new ServeOptions { Render = new RenderOptions { Root = _repository.Root }, Port = 0, Quiet = TimeSpan.FromMilliseconds(100) };
        _server = new SiteServer(options, _repository.Run, news => _news.Writer.TryWrite(news));
        await _server.StartAsync(TestContext.Current.CancellationToken);
        if (waits)
            await NextAsync();
    }

    private async Task<ServeNews> NextAsync() => await _news.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Stuck);

    private Task<string> GetAsync(string path) => _browser.GetStringAsync(new Uri(_server!.Address, path));

    private async Task<StreamReader> ListenAsync(string page)
    {
        var address = new Uri(_server!.Address, $"_live/news?page={Uri.EscapeDataString(page)}");
        var answer = await _browser.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    private static async Task<(string Version, string Notice)> StateAsync(StreamReader events)
    {
        while (await events.ReadLineAsync().WaitAsync(Stuck) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return ((string)JsonNode.Parse(line[6..])!["version"]!, (string)JsonNode.Parse(line[6..])!["notice"]!);
        }
        throw new InvalidOperationException("The server told no more.");
    }

    /// <summary>A request as it stands: a client's own address would tidy it up.</summary>
    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server!.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync().WaitAsync(Stuck);
    }
}
