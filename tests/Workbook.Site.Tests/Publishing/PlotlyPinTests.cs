using Workbook.Draw;
using Workbook.Site.Publishing;
using Xunit;

namespace Workbook.Site.Tests.Publishing;

/// <summary>
/// A figure in a notebook and the same figure on the site are drawn by the same plotly.js. The library and the site know nothing of each
/// other, so each holds the version and the hash; only a test sees both.
/// </summary>
public sealed class PlotlyPinTests
{
    [Fact]
    public void Figures_and_pages_pin_the_same_bytes_of_plotly()
    {
        var html = new Figure("Load").Line([1], [2]).ToMimeBundle().Html;

        Assert.Contains($"\"{PlotlyScript.Remote.Source}\", \"{PlotlyScript.Remote.Integrity}\"", html);
    }
}
