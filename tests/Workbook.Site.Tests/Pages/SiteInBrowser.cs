using Microsoft.Playwright;
using Workbook.Site.Tests.Pages;
using Workbook.Site.Tests.Publishing;
using Xunit;

[assembly: AssemblyFixture(typeof(SiteInBrowser))]

namespace Workbook.Site.Tests.Pages;

/// <summary>
/// A small rendered site, opened from its files in Debian's Chromium with the network off. The environment variable
/// CHROMIUM names another browser; where there is none, the tests that need one are skipped and say so.
/// </summary>
public sealed class SiteInBrowser : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly SemaphoreSlim _starting = new(1);
    private readonly SmallRepository _repository = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Whether the site's pages have plotly.js beside them.</summary>
    public bool HasPlotly => File.Exists(Path.Combine(_repository.Site, "assets", "plotly-4.1.2.min.js"));

    /// <summary>Whether the search has its engine.</summary>
    public bool HasMiniSearch => File.Exists(Path.Combine(_repository.Site, "assets", "minisearch-7.2.0.js"));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _repository.Dispose();
    }

    /// <summary>Opens a page of the site, or a place in one (<c>03-pictures.html#moving</c>), in a browser profile of its own.</summary>
    public async Task<OpenPage> OpenAsync(
        string name = "01-mapreduce.html", int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        await StartAsync();
        var place = name.IndexOf('#') is var at and >= 0 ? at : name.Length;
        return await OpenFileAsync(Path.Combine(_repository.Site, name[..place]), name[place..], width, height, scheme, scripts);
    }

    /// <summary>Opens any file, at a place in it (<c>#moving</c>) unless that is empty.</summary>
    internal async Task<OpenPage> OpenFileAsync(string file, string place, int width, int height, ColorScheme scheme, bool scripts)
    {
        var browser = await StartAsync();
        var size = new ViewportSize { Width = width, Height = height };
        var context = await browser.NewContextAsync(new() { ViewportSize = size, ColorScheme = scheme, Offline = true, JavaScriptEnabled = scripts });
        context.SetDefaultTimeout(30_000);
        var page = new OpenPage(await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(file).AbsoluteUri + place);
        return page;
    }

    /// <summary>Opens a page that is served.</summary>
    internal async Task<OpenPage> OpenServedAsync(Uri address)
    {
        var browser = await StartAsync();
        var context = await browser.NewContextAsync();
        context.SetDefaultTimeout(30_000);
        var page = new OpenPage(await context.NewPageAsync());
        await page.Page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    private async Task<IBrowser> StartAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        Assert.SkipUnless(File.Exists(chromium), $"There is no browser at {chromium}; install chromium or set CHROMIUM.");
        await _starting.WaitAsync();
        try
        {
            if (_browser is not null)
                return _browser;
            await PublishAsync();
            _playwright = await Playwright.CreateAsync();
            return _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Arguments });
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task PublishAsync()
    {
        _repository.Add("00-start", (Samples.Text("# Start here\n\nHow to read this course."), null));
        var (notebook, run) = Samples.Lecture();
        _repository.Add("01-mapreduce", notebook, run);
        _repository.Add("02-<b>&\"'", (Samples.Text("# Odd <names>"), null));
        _repository.Add("03-pictures", Pictures.Page());
        _repository.Add("04-long", Pictures.LongPage());
        _repository.Add("05-studying", StudySample.Page());
        Names.AddTo(_repository);
        await _repository.RenderAsync();
    }
}

/// <summary>A page that is open in a browser, and what it complained of and asked for.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];
    private readonly List<string> _said = [];

    public OpenPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            _said.Add(message.Text);
            if (message.Type is "error" or "warning")
                _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) => _requests.Add(request.Url);
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>All that was written to the console.</summary>
    public IReadOnlyList<string> Said => _said;

    public IEnumerable<string> RequestsElsewhere =>
        _requests.Where(url => !((string[])["file:", "data:", "blob:"]).Any(own => url.StartsWith(own, StringComparison.Ordinal)));

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
