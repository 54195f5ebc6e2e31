using System.Text;

namespace Workbook.Spark;

/// <summary>A lineage as text, as today's Spark prints it: each dataset above those that it is computed from.</summary>
internal sealed class LineageText
{
    /// <summary>After so many shuffles the lines are wider than anybody reads.</summary>
    private const int MostShuffles = 50;

    private readonly StringBuilder _text = new();
    private readonly HashSet<Rdd> _told = [];

    private LineageText()
    {
    }

    public static string Of(Rdd rdd)
    {
        var lineage = new LineageText();
        lineage.AddStage(rdd, "", "", shuffles: 0);
        return lineage._text.ToString();
    }

    /// <summary>A stage's datasets in a column, and below the one that fetches them the stages that shuffle for it.</summary>
    /// <param name="last">The stage's last dataset.</param>
    /// <param name="head">What stands before it.</param>
    /// <param name="indent">What stands before the others.</param>
    /// <param name="shuffles">How many shuffles come after the stage.</param>
    private void AddStage(Rdd last, string head, string indent, int shuffles)
    {
        var lines = Column(last);
        for (var at = 0; at < lines.Count; at++)
        {
            var (rdd, isShuffled, isNew) = lines[at];
            var start = at == 0 ? $"{head}({rdd.Partitions}) " : $"{indent} |  ";
            if (!isShuffled)
            {
                _text.Append(start).Append(Line(rdd, isNew)).Append('\n');
                continue;
            }

            var below = at + 1 < lines.Count ? $"{indent} | " : $"{indent}   ";
            if (shuffles < MostShuffles) AddStage(rdd, $"{indent} +-", below, shuffles + 1);
            else _text.Append($"{indent} +-({rdd.Partitions}) {Line(rdd, isNew: true)}, and what it is computed from\n");
        }
    }

    /// <summary>The datasets of a stage, and where a shuffle ends it the dataset before that.</summary>
    private List<(Rdd Rdd, bool IsShuffled, bool IsNew)> Column(Rdd last)
    {
        var column = new List<(Rdd Rdd, bool IsShuffled, bool IsNew)>();
        var waiting = new Stack<(Rdd Rdd, bool IsShuffled)>([(last, false)]);
        while (waiting.TryPop(out var next))
        {
            var isNew = next.IsShuffled || _told.Add(next.Rdd);
            column.Add((next.Rdd, next.IsShuffled, isNew));
            if (next.IsShuffled || !isNew) continue;
            foreach (var dependency in next.Rdd.Dependencies.Reverse()) waiting.Push((dependency.Parent, dependency is WideDependency));
        }

        return column;
    }

    private static string Line(Rdd rdd, bool isNew)
    {
        var kept = rdd.StorageLevel == StorageLevel.None ? "" : $", {rdd.StorageLevel}";
        var checkpoint = rdd.IsCheckpointed ? ", checkpointed" : "";
        return $"{(rdd.Name is null ? "" : $"{rdd.Name}: ")}{rdd.Operation} [{rdd.Id}]{kept}{checkpoint}{(isNew ? "" : ", as above")}";
    }
}
