using System.Text;

namespace Workbook.Check;

/// <summary>What the readers of all formats do with texts.</summary>
internal static class Texts
{
    private const int Longest = 40;

    /// <summary>A piece of the reader's text in a sentence about it: cut, and without characters that cannot be seen.</summary>
    public static string Shown(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var shown = new StringBuilder();
        foreach (var letter in text[..Math.Min(text.Length, Longest)])
            shown.Append(char.IsControl(letter) || char.IsSurrogate(letter) ? '\uFFFD' : letter);
        return shown.Append(text.Length > Longest ? "…" : "").ToString();
    }

    /// <summary>Lines and their numbers, without their ends; the text is not copied.</summary>
    public static IEnumerable<(int Number, ReadOnlyMemory<char> Line)> Lines(string text)
    {
        var number = 0;
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            yield return (++number, text.AsMemory(at, end - at).TrimEnd('\r'));
            at = end + 1;
        }
    }
}

/// <summary>Gives the same text the same object: a history of a million operations names few clients, functions and values.</summary>
internal sealed class TextPool
{
    private const int Most = 4096;

    private readonly HashSet<string> _texts = [];
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public TextPool() => _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Of(ReadOnlySpan<char> text)
    {
        if (_lookup.TryGetValue(text, out var known)) return known;
        var made = text.ToString();
        if (_texts.Count < Most) _texts.Add(made);
        return made;
    }
}
