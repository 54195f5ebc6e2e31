using System.Text.Json.Nodes;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

/// <summary>Reads a replay's JSON as the widget does, and gives the state after each step.</summary>
internal sealed class ReplayDecoder
{
    private readonly string[] texts;
    private readonly JsonNode run;
    private readonly Dictionary<(string Node, string Field), ReplayView> fields = [];
    private readonly SortedSet<string> down = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> verdicts = [];

    public ReplayDecoder(string json, int side = 0)
    {
        var whole = JsonNode.Parse(json)!;
        texts = [.. whole["texts"]!.AsArray().Select(text => (string)text!)];
        run = whole["runs"]![side]!;
    }

    public int Count => run["steps"]!.AsArray().Count;

    public IReadOnlyDictionary<(string Node, string Field), ReplayView> Fields => fields;

    public IReadOnlyDictionary<string, bool> Verdicts => verdicts;

    public IEnumerable<string> Down => down;

    /// <summary>Sender, receiver, label, step of sending, step of the end or -1, and why it was lost.</summary>
    public IEnumerable<(string From, string To, string Label, int Sent, int End, string? Lost)> Messages()
    {
        var numbers = Numbers(run["messages"]!);
        var step = 0;
        for (var at = 0; at < numbers.Length; at += 7)
        {
            step += (int)numbers[at + 4];
            var end = numbers[at + 5] < 0 ? -1 : step + (int)numbers[at + 5];
            yield return (Node(numbers[at]), Node(numbers[at + 1]), texts[numbers[at + 2]], step, end, numbers[at + 6] < 0 ? null : texts[numbers[at + 6]]);
        }
    }

    public string Line(int step) => texts[(int)run["lines"]![step]!];

    public void Apply(int step)
    {
        var numbers = Numbers(run["steps"]![step]!);
        for (var at = 0; at < numbers.Length;)
            at += Apply(numbers, at);
    }

    private int Apply(long[] numbers, int at)
    {
        switch (numbers[at])
        {
            case 0:
                fields.Remove((Node(numbers[at + 1]), texts[numbers[at + 2]]));
                return 3;
            case 1:
                fields[(Node(numbers[at + 1]), texts[numbers[at + 2]])] = View(Numbers(run["views"]![(int)numbers[at + 3]]!));
                return 4;
            case 2:
                return Log(numbers, at);
            case 3:
                down.Add(Node(numbers[at + 1]));
                return 2;
            case 4:
                down.Remove(Node(numbers[at + 1]));
                return 2;
            case 5:
                verdicts[texts[numbers[at + 1]]] = numbers[at + 2] == 1;
                return 3;
            case 6:
                return 2 + 2 * (int)numbers[at + 1];
            default:
                return 2;
        }
    }

    private int Log(long[] numbers, int at)
    {
        var key = (Node(numbers[at + 1]), texts[numbers[at + 2]]);
        var old = fields.GetValueOrDefault(key) as ReplayLog ?? new ReplayLog([], 0, numbers[at + 3]);
        var (first, kept, committed, added) = (numbers[at + 3], (int)numbers[at + 4], numbers[at + 5], (int)numbers[at + 6]);
        var cells = old.Cells.Skip((int)Math.Max(0, first - old.First)).Take(kept)
            .Concat(Enumerable.Range(0, added).Select(cell => new LogCell(numbers[at + 7 + 2 * cell], texts[numbers[at + 8 + 2 * cell]])));
        fields[key] = new ReplayLog([.. cells], committed, first);
        return 7 + 2 * added;
    }

    private ReplayView View(long[] numbers) => numbers[0] switch
    {
        0 => ReplayView.Text(texts[numbers[1]], numbers[2] < 0 ? null : (int)numbers[2]),
        1 => ReplayView.Number(numbers[1]),
        2 => ReplayView.List(numbers.Skip(1).Select(item => texts[item])),
        _ => Table(numbers[2..], (int)numbers[1]),
    };

    private ReplayView Table(long[] rest, int width) => ReplayView.Table(rest.Take(width).Select(column => texts[column]),
        rest.Skip(width).Chunk(width + 1).Select(row => (texts[row[0]], row.Skip(1))));

    private string Node(long number) => texts[(int)run["nodes"]![(int)number]!];

    private static long[] Numbers(JsonNode array) => [.. array.AsArray().Select(number => (long)number!)];
}
