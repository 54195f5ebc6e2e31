namespace Workbook.Check;

/// <summary>Numbers texts 0, 1, 2 … as they are first met; null is a text like others.</summary>
internal sealed class Interner
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<string?> _texts = [];
    private int _null = -1;

    public int Count => _texts.Count;

    public string? Text(int number) => _texts[number];

    public bool Knows(string? text) => text is null ? _null >= 0 : _numbers.ContainsKey(text);

    public int Number(string? text)
    {
        if (text is null) return _null >= 0 ? _null : _null = Next(null);
        if (!_numbers.TryGetValue(text, out var number)) _numbers.Add(text, number = Next(text));
        return number;
    }

    /// <summary>A number that no text gets.</summary>
    public int Reserve() => Next(null);

    private int Next(string? text)
    {
        _texts.Add(text);
        return _texts.Count - 1;
    }
}
