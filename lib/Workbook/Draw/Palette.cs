namespace Workbook.Draw;

/// <summary>
/// The colours of every picture. They start from the hues of Okabe and Ito's palette for colour-blind readers (<i>Color Universal
/// Design</i>, 2008) and were then moved until each keeps a contrast of 3 : 1 both to a white page and to a dark one (#1e1e1e), and any two
/// stay apart for protanopic, deuteranopic and tritanopic eyes (simulated after Machado and others, 2009). A test holds both.
/// </summary>
public static class Palette
{
    private static readonly (string Name, string Hex)[] Colours =
    [
        ("blue", "#2b62de"), ("gold", "#b88a00"), ("pink", "#e04fa8"), ("green", "#0f9a52"),
        ("sky blue", "#1897fa"), ("red", "#c0361f"), ("grey", "#787878"),
    ];

    /// <summary>How many colours there are before they repeat.</summary>
    public static int Count => Colours.Length;

    /// <summary>The colour of the <paramref name="index"/>-th series, as <c>#rrggbb</c>; after the last one it starts again.</summary>
    public static string Colour(int index) => Colours[(int)((uint)index % (uint)Colours.Length)].Hex;

    /// <summary>What that colour is called.</summary>
    public static string Name(int index) => Colours[(int)((uint)index % (uint)Colours.Length)].Name;
}
