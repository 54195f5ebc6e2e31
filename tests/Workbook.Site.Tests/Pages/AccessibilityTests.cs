using Microsoft.Playwright;
using Xunit;

namespace Workbook.Site.Tests.Pages;

/// <summary>Pages with every kind of block and every dialog, for those who do not see them or use no mouse.</summary>
public sealed class AccessibilityTests(SiteInBrowser site)
{
    private static readonly string[] Names = ["index.html", "01-mapreduce.html", "03-pictures.html", "05-studying.html"];

    public static TheoryData<string, ColorScheme, int> Views =>
        [.. from name in Names from scheme in new[] { ColorScheme.Light, ColorScheme.Dark } from width in new[] { 1280, 390 } select (name, scheme, width)];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_page_breaks_no_rule_of_axe(string name, ColorScheme scheme, int width)
    {
        await using var open = await site.OpenAsync(name, width, scheme: scheme);
        await ShowAllAsync(open);

        Assert.Empty(await PageAccess.ViolationsAsync(open.Page));
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Predictions_before_and_after_and_the_dialog_break_no_rule_of_axe(ColorScheme scheme, int width)
    {
        await using var open = await site.OpenAsync("05-studying.html", width, scheme: scheme);
        Assert.Empty(await PageAccess.ViolationsAsync(open.Page));

        await open.Page.ClickAsync("#cell-guess .choice >> nth=0");
        await open.Page.ClickAsync("#cell-open .reveal");
        Assert.Empty(await PageAccess.ViolationsAsync(open.Page));
        Assert.Empty(await open.Page.EvaluateAsync<string[]>(Contrast.Script));

        if (width < 800)
            await open.Page.ClickAsync(".menu");
        await open.Page.ClickAsync(".sidebar .open-progress");
        await open.Page.ClickAsync("#progress .forget");
        Assert.Empty(await PageAccess.ViolationsAsync(open.Page));
        Assert.Empty(await open.Page.EvaluateAsync<string[]>(Contrast.Script));
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
    }

    [Theory]
    [InlineData("index.html", 1280)]
    [InlineData("01-mapreduce.html", 1280)]
    [InlineData("05-studying.html", 1280)]
    [InlineData("05-studying.html", 390)]
    public async Task The_keyboard_reaches_everything_and_one_sees_where_it_is(string name, int width)
    {
        await using var open = await site.OpenAsync(name, width);
        await open.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });

        Assert.Empty(await PageAccess.UnreachableAsync(open.Page));
    }

    [Fact]
    public async Task The_dialog_keeps_the_keyboard_and_gives_it_back()
    {
        await using var open = await site.OpenAsync("05-studying.html");
        await open.Page.FocusAsync(".sidebar .open-progress");
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("progress-title", await open.Page.EvaluateAsync<string>("document.activeElement.id"));
        for (var press = 0; press < 30; press++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
            Assert.True(await open.Page.EvaluateAsync<bool>("document.activeElement.matches('body, #progress, #progress *')"));
        }

        await open.Page.Keyboard.PressAsync("Escape");
        Assert.True(await open.Page.EvaluateAsync<bool>("document.activeElement.matches('.sidebar .open-progress')"));
    }

    internal static Task ShowAllAsync(OpenPage open) => open.Page.EvaluateAsync("""
        async () => {
          window.workbookCovers.showAll(true);
          document.querySelectorAll('main details').forEach(fold => { fold.open = true; });
          // That something was opened is told to the page's scripts a moment later.
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        }
        """);
}
