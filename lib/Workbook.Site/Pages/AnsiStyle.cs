using System.Globalization;

namespace Workbook.Site.Pages;

/// <summary>The colours and the weight that a terminal would write in after some <c>ESC [ … m</c> (ECMA-48 §8.3.117).</summary>
internal sealed record AnsiStyle(AnsiColor? Foreground, AnsiColor? Background, bool Bold, bool Dim, bool Italic, bool Underlined, bool Inverse)
{
    public static readonly AnsiStyle Plain = new(null, null, false, false, false, false, false);

    /// <summary>The attributes of a span in this style, a space in front; empty when the style is plain.</summary>
    public string Attributes
    {
        get
        {
            var (front, back) = Inverse ? (Background, Foreground) : (Foreground, Background);
            string?[] classes =
            [
                front?.Named is { } named ? $"ansi-{named}" : null,
                back?.Named is { } namedBack ? $"ansi-on-{namedBack}" : null,
                Inverse ? "ansi-inverse" : null,
                Bold ? "ansi-bold" : null,
                Dim ? "ansi-dim" : null,
                Italic ? "ansi-italic" : null,
                Underlined ? "ansi-underlined" : null,
            ];
            string?[] styles =
            [
                front?.Exact is { } exact ? $"color:{exact}" : null,
                back?.Exact is { } exactBack ? $"background:{exactBack}" : null,
            ];
            return Attribute("class", ' ', classes) + Attribute("style", ';', styles);
        }
    }

    /// <summary>The style after the parameters of one sequence, such as <c>1;31</c>. What is unknown is ignored, as terminals do.</summary>
    public AnsiStyle Apply(string parameters)
    {
        var codes = new Queue<int>(parameters.Split(';', ':').Select(code =>
            code.Length == 0 ? 0 : int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1));
        var style = this;
        while (codes.TryDequeue(out var code))
            style = style.Apply(code, codes);
        return style;
    }

    private AnsiStyle Apply(int code, Queue<int> rest) => code switch
    {
        0 => Plain,
        1 => this with { Bold = true },
        2 => this with { Dim = true },
        3 => this with { Italic = true },
        4 => this with { Underlined = true },
        7 => this with { Inverse = true },
        22 => this with { Bold = false, Dim = false },
        23 => this with { Italic = false },
        24 => this with { Underlined = false },
        27 => this with { Inverse = false },
        >= 30 and <= 37 => this with { Foreground = AnsiColor.Basic(code - 30) },
        38 => this with { Foreground = AnsiColor.Extended(rest) },
        39 => this with { Foreground = null },
        >= 40 and <= 47 => this with { Background = AnsiColor.Basic(code - 40) },
        48 => this with { Background = AnsiColor.Extended(rest) },
        49 => this with { Background = null },
        >= 90 and <= 97 => this with { Foreground = AnsiColor.Basic(code - 90 + 8) },
        >= 100 and <= 107 => this with { Background = AnsiColor.Basic(code - 100 + 8) },
        _ => this,
    };

    private static string Attribute(string name, char separator, string?[] values)
    {
        var present = values.Where(value => value is not null).ToArray();
        return present.Length == 0 ? "" : $" {name}=\"{string.Join(separator, present)}\"";
    }
}

/// <summary>One of the sixteen colours that the page's style names, or an exact one.</summary>
internal sealed record AnsiColor(string? Named, string? Exact)
{
    private static readonly string[] Names =
    [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
        "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
    ];

    public static AnsiColor Basic(int index) => new(Names[index], null);

    /// <summary>What follows 38 or 48: <c>5;n</c> of the 256-colour table or <c>2;r;g;b</c>. Null when it is neither.</summary>
    public static AnsiColor? Extended(Queue<int> codes)
    {
        if (!codes.TryDequeue(out var kind))
            return null;
        if (kind == 5 && codes.TryDequeue(out var index) && index is >= 0 and <= 255)
            return Indexed(index);
        if (kind == 2 && codes.TryDequeue(out var red) && codes.TryDequeue(out var green) && codes.TryDequeue(out var blue))
            return Rgb(red, green, blue);
        return null;
    }

    private static AnsiColor Indexed(int index)
    {
        if (index < 16)
            return Basic(index);
        if (index >= 232)
            return Rgb(8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232));
        var cube = index - 16;
        return Rgb(Level(cube / 36), Level(cube / 6 % 6), Level(cube % 6));
    }

    private static int Level(int step) => step == 0 ? 0 : 55 + 40 * step;

    private static AnsiColor Rgb(int red, int green, int blue) =>
        new(null, $"rgb({Math.Clamp(red, 0, 255)},{Math.Clamp(green, 0, 255)},{Math.Clamp(blue, 0, 255)})");
}
