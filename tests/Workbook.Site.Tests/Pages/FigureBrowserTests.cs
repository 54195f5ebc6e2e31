using Xunit;

namespace Workbook.Site.Tests.Pages;

/// <summary>Figures of the library as plotly.js draws them.</summary>
public sealed class FigureBrowserTests(SiteInBrowser site)
{
    [Fact]
    public async Task Curves_in_columns_are_on_axes_that_hold_them_also_where_only_time_has_a_range()
    {
        await using var open = await DrawnAsync("curves");
        var axes = await open.Page.EvaluateAsync<double[][]>("""
            () => ['xaxis', 'xaxis4', 'yaxis', 'yaxis2', 'yaxis3', 'yaxis4'].map(axis => document.querySelector('#cell-curves .plot')._fullLayout[axis].range)
            """);

        Assert.Equal([[0, 120], [0, 120]], axes[..2]);
        Assert.Equal(axes[2], axes[4]);
        Assert.Equal(axes[3], axes[5]);
        Assert.InRange(axes[2][1], 300, 350);
        Assert.InRange(axes[3][1], 400, 450);
        Assert.DoesNotContain(open.Said, text => text.Contains("matches", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task The_buttons_of_an_animation_do_not_lie_on_its_slider(int width)
    {
        await using var open = await DrawnAsync("moving", width);
        var slider = (await open.Page.Locator("#cell-moving .slider-group").BoundingBoxAsync())!;
        var plot = (await open.Page.Locator("#cell-moving .main-svg").First.BoundingBoxAsync())!;
        foreach (var button in await open.Page.Locator("#cell-moving .updatemenu-button").AllAsync())
        {
            var box = (await button.BoundingBoxAsync())!;
            Assert.True(box.Y >= slider.Y + slider.Height || box.X + box.Width <= slider.X, $"The button at {box.X}, {box.Y} lies on the slider at {slider.X}, {slider.Y}.");
            Assert.InRange(box.Y + box.Height, plot.Y, plot.Y + plot.Height);
        }
    }

    private async Task<OpenPage> DrawnAsync(string cell, int width = 1280)
    {
        var open = await site.OpenAsync("03-pictures.html", width);
        Assert.SkipUnless(site.HasPlotly, "npm could not fetch plotly.js, and these tests use no network.");
        await open.Page.EvaluateAsync($"document.querySelector('#cell-{cell}').scrollIntoView()");
        await open.Page.WaitForSelectorAsync($"#cell-{cell} .plot[data-drawn]");
        return open;
    }
}
