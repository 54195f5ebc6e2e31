using Workbook.Site.Notebooks;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Pages;

/// <summary>A lecture to study: predictions with choices and without, an exercise, and parts long enough to scroll through.</summary>
internal static class StudySample
{
    public static (Cell, CellRun?)[] Page() =>
    [
        (Text("# Studying"), null),
        (Text($"## Choices\n\n{Paragraphs(6)}"), null),
        (Prediction("guess", "**Predict:** how often is it counted?\n\n- Once.\n- Twice.\n- Never: `b` is *lost*.", answer: 2), null),
        (Code("result", "count.Run()"), Ran(
            "result", new StreamOutput(false, "counted twice\n"),
            Shown(("application/vnd.plotly.v1+json", FigureJson), ("text/plain", "Tasks finished over time.")))),
        (Text("Twice, because both finish.\n\n### Not covered\n\nThis stands below a heading."), null),
        (Code("later", "count.Again()"), Ran("later", new StreamOutput(false, "once more\n"))),
        (Text($"## Own words\n\n{Paragraphs(6)}"), null),
        (Prediction("open", "**Predict:** what is missing?"), null),
        (Code("missing", "rules.Missing()"), Ran("missing", new StreamOutput(false, "the rename is missing\n"))),
        (Text("The output is renamed when it is whole."), null),
        (Code("afterwards", "rules.All()"), Ran("afterwards", new StreamOutput(false, "all rules\n"))),
        (Text("## No single answer"), null),
        (Prediction("any", "**Predict:** who wins?\n\n1. The first.\n2. The second."), null),
        (Code("winner", "cluster.Leader"), Ran("winner", new StreamOutput(false, "s1\n"))),
        (Text("## Exercises"), null),
        (new Cell("write", CellKind.Markdown, "Write a job that counts lines.", ["exercise"]), null),
        (Code("written", "Exercise.CheckLines(0)", "exercise"), Ran("written", Shown(("text/plain", "Not yet: 0 lines are too few.")))),
        (Text("Emit one for each line.", "solution"), null),
        (Text($"## The end\n\n{Paragraphs(12)}"), null),
    ];

    public static Cell Prediction(string id, string source, int? answer = null) => new(id, CellKind.Markdown, source, ["prediction"]) { Answer = answer };

    private static string Paragraphs(int count) => string.Join("\n\n", Enumerable.Range(1, count).Select(number =>
        $"Paragraph {number} tells of machines that fail, of messages that are lost, and of what one can build in spite of both: " +
        "the same answer, whatever happens on the way, and a picture that shows how it came about."));
}
