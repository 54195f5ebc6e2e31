using System.Globalization;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class PaletteTests
{
    /// <summary>
    /// Simulations of full protanopia, deuteranopia and tritanopia in linear RGB: Machado, Oliveira, Fernandes 2009, table 1.
    /// </summary>
    private static readonly double[][] Eyes =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    ];

    [Fact]
    public void Every_colour_stands_out_from_a_white_page_and_from_a_dark_one()
    {
        for (var i = 0; i < Palette.Count; i++)
        {
            Assert.True(Contrast(Palette.Colour(i), "#ffffff") >= 3, Palette.Name(i));
            Assert.True(Contrast(Palette.Colour(i), "#1e1e1e") >= 3, Palette.Name(i));
        }
    }

    [Fact]
    public void Any_two_colours_stay_apart_for_every_kind_of_eye()
    {
        foreach (var eye in Eyes)
        {
            for (var i = 0; i < Palette.Count; i++)
            {
                for (var j = 0; j < i; j++)
                    Assert.True(Distance(Seen(eye, i), Seen(eye, j)) > 14, $"{Palette.Name(i)} and {Palette.Name(j)}");
            }
        }
    }

    [Fact]
    public void After_the_last_colour_the_first_comes_again()
    {
        Assert.Equal(Palette.Colour(0), Palette.Colour(Palette.Count));
        Assert.StartsWith("#", Palette.Colour(-1));
    }

    private static double[] Linear(string hex) => [.. new[] { 1, 3, 5 }
        .Select(at => int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
        .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];

    /// <summary>WCAG 2's contrast ratio; 3 is what it asks of graphical objects (1.4.11).</summary>
    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);

        static double Luminance(string hex) => Linear(hex) is [var r, var g, var b] ? 0.2126 * r + 0.7152 * g + 0.0722 * b : 0;
    }

    private static double[] Seen(double[] eye, int colour)
    {
        var rgb = Linear(Palette.Colour(colour));
        return Lab([.. Enumerable.Range(0, 3).Select(row => Math.Clamp(Enumerable.Range(0, 3).Sum(i => eye[3 * row + i] * rgb[i]), 0, 1))]);
    }

    /// <summary>CIE L*a*b* from linear sRGB, white point D65.</summary>
    private static double[] Lab(double[] rgb)
    {
        var x = F((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
        var y = F(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
        var z = F((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089);
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];

        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : 7.787 * t + 16.0 / 116;
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
