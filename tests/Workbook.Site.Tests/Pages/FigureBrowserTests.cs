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

        // One script measures them all: the page may still be moving under a scroll, and then two boxes of two moments do not compare.
        var boxes = await open.Page.EvaluateAsync<double[][]>("""
            () => ['.main-svg', '.slider-group', '.updatemenu-button'].flatMap((name, kind) =>
                [...document.querySelectorAll('#cell-moving ' + name)].slice(0, kind === 0 ? 1 : undefined)
                    .map(found => found.getBoundingClientRect()).map(box => [box.left, box.top, box.right, box.bottom]))
            """);
        var (plot, slider) = (boxes[0], boxes[1]);

        Assert.Equal(4, boxes.Length);
        foreach (var button in boxes[2..])
        {
            Assert.True(button[1] >= slider[3] || button[2] <= slider[0], $"The button at {button[0]}, {button[1]} lies on the slider, which ends at {slider[3]}.");
            Assert.InRange(button[3], plot[1], plot[3]);
        }
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_figure_is_drawn_in_the_place_that_the_page_kept_for_it(int width)
    {
        await using var open = await site.OpenAsync("03-pictures.html", width, scripts: false);
        const string heights = "[...document.querySelectorAll('.output.figure .plot')].map(plot => plot.offsetHeight)";
        var before = await open.Page.EvaluateAsync<int[]>(heights);

        await using var drawn = await DrawnAsync("curves", width);
        await drawn.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await drawn.Page.WaitForFunctionAsync("[...document.querySelectorAll('.plot')].every(plot => plot.dataset.drawn)");

        Assert.Equal(2, before.Length);
        Assert.All(before, height => Assert.InRange(height, 200, 2000));
        Assert.Equal(before, await drawn.Page.EvaluateAsync<int[]>(heights));
    }

    [Fact]
    public async Task On_a_phone_a_long_title_is_smaller_and_not_cut()
    {
        await using var open = await DrawnAsync("moving", 390);
        var edges = await open.Page.EvaluateAsync<double[]>("""
            () => ['.gtitle', '.main-svg'].map(name => document.querySelector('#cell-moving ' + name).getBoundingClientRect()).flatMap(box => [box.left, box.right])
            """);
        Assert.InRange(edges[0], edges[2], edges[3]);
        Assert.InRange(edges[1], edges[0] + 100, edges[3]);
    }

    private async Task<OpenPage> DrawnAsync(string cell, int width = 1280)
    {
        var open = await site.OpenAsync("03-pictures.html", width);
        Assert.SkipUnless(site.HasPlotly, "npm could not fetch plotly.js, and these tests use no network.");
        await open.Page.EvaluateAsync($"document.querySelector('#cell-{cell}').scrollIntoView({{ behavior: 'instant' }})");
        await open.Page.WaitForSelectorAsync($"#cell-{cell} .plot[data-drawn]");
        return open;
    }
}
