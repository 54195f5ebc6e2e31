using System.Text;

namespace Workbook.Check;

internal enum DatumKind
{
    Nil,

    /// <summary>A number, a symbol, <c>true</c> or <c>false</c>.</summary>
    Word,

    /// <summary>A text in quotes.</summary>
    Quoted,

    /// <summary>A keyword, without its colon.</summary>
    Keyword,

    /// <summary>Several in order.</summary>
    List,

    /// <summary>Several in no order.</summary>
    Set,

    /// <summary>Keys and values in turn.</summary>
    Map,
}

/// <summary>A value of EDN or JSON. What kind of number it is does not matter here: histories hold texts.</summary>
internal readonly record struct Datum(DatumKind Kind, string Text, Datum[]? Items = null)
{
    /// <summary>Deeper than this nothing is read: no history is, and a text made to overflow the stack must not.</summary>
    public const int Deepest = 64;

    public static readonly Datum Nil = new(DatumKind.Nil, "");

    public bool IsNil => Kind == DatumKind.Nil;

    /// <summary>A list of two, such as <c>[key value]</c>.</summary>
    public bool IsPair => Kind == DatumKind.List && Items!.Length == 2;

    /// <summary>As it stands in a history: null for nil, what stands in the quotes for a text, the items between brackets for several.</summary>
    public string? ToText()
    {
        if (IsNil) return null;
        if (Items is null) return Text;
        var text = new StringBuilder();
        Append(text);
        return text.ToString();
    }

    private void Append(StringBuilder text)
    {
        if (Items is null)
        {
            text.Append(IsNil ? "nil" : Text);
            return;
        }

        var (open, close) = Kind switch { DatumKind.List => ("[", "]"), DatumKind.Set => ("#{", "}"), _ => ("{", "}") };
        text.Append(open);
        for (var index = 0; index < Items.Length; index++)
        {
            if (index > 0) text.Append(' ');
            Items[index].Append(text);
        }

        text.Append(close);
    }
}
