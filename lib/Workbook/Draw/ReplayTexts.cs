namespace Workbook.Draw;

/// <summary>The texts of a replay, each of them once, under a number.</summary>
internal sealed class ReplayTexts
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];

    public IReadOnlyList<string> All => texts;

    public int this[string text]
    {
        get
        {
            if (!numbers.TryGetValue(text, out var number))
            {
                numbers[text] = number = texts.Count;
                texts.Add(text);
            }
            return number;
        }
    }
}
