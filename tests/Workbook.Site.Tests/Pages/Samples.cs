using Workbook.Site.Notebooks;

namespace Workbook.Site.Tests.Pages;

/// <summary>Notebooks and runs for tests, made by hand so that each kind of cell and output is there.</summary>
internal static class Samples
{
    public const string FigureJson = """
        {"data":[{"type":"scatter","mode":"lines","name":"with </script> backup","x":[0,200,400,600,891],"y":[0,9000,14000,14900,15000]},
                 {"type":"scatter","mode":"lines","name":"without","x":[0,300,600,960,1283],"y":[0,8000,13000,14995,15000]}],
         "layout":{"title":{"text":"Tasks finished"},"height":380,"xaxis":{"title":{"text":"seconds"}},"yaxis":{"title":{"text":"tasks"}}}}
        """;

    public static Cell Text(string source, params string[] tags) => new($"t{Hash(source)}", CellKind.Markdown, source, tags);

    public static Cell Code(string id, string source, params string[] tags) => new(id, CellKind.Code, source, tags);

    public static CellRun Ran(string id, params CellOutput[] outputs) => new(id, CellOutcome.Succeeded, null, outputs, TimeSpan.FromSeconds(0.42));

    public static DisplayOutput Shown(params (string Type, string Text)[] data) =>
        new(data.ToDictionary(entry => entry.Type, entry => entry.Text));

    public static (Notebook, NotebookRun) Notebook(string name, params (Cell Cell, CellRun? Run)[] cells) => (
        new Notebook(Path.Combine(Path.GetTempPath(), name + ".ipynb"), cells.Select(cell => cell.Cell).ToArray()),
        new NotebookRun(cells.Select(cell => cell.Run).OfType<CellRun>().ToArray(), TimeSpan.FromSeconds(2.4)));

    /// <summary>A notebook with one cell of C# and what that cell showed.</summary>
    public static (Notebook, NotebookRun) Showing(params CellOutput[] outputs) =>
        Notebook("01-sample", (Text("# Sample"), null), (Code("c1", "Show()"), Ran("c1", outputs)));

    /// <summary>A lecture with everything in it that a page can hold.</summary>
    public static (Notebook, NotebookRun) Lecture() => Notebook(
        "01-mapreduce",
        (Text("""
            # MapReduce

            A thousand machines fail several times a day. A programmer who counts words should not have to know. *MapReduce* is
            the bargain between the two: you write **two functions without side effects**, and the library may run them anywhere,
            any number of times.[^1]

            [^1]: Dean and Ghemawat, §3.3: the output is then the same as that of a run without failures.

            ## Two functions

            A *map* turns one input into pairs; a *reduce* sees each key once, with all its values. Here `count` has type
            `Job<string, int>`.
            """), null),
        (Code("words", """
            // Counts the words of a text.
            var count = Job.Map((Line line, Emit<string, int> emit) =>
                {
                    foreach (var word in line.Text.Split(' ')) emit(word, 1);
                })
                .Reduce((word, ones) => ones.Sum());
            count.Run(["a b", "b", "a c"])
            """), Ran("words", Shown(("text/html", """
                <table><thead><tr><th>word</th><th>count</th></tr></thead>
                <tbody><tr><td>a</td><td>2</td></tr><tr><td>b</td><td>2</td></tr><tr><td>c</td><td>1</td></tr></tbody></table>
                """)))),
        (Text("""
            Before you run the next cell, guess.

            What happens to the answer when the same map task is given to two workers, and both finish?
            """, "prediction"), null),
        (Code("figure", "count.Simulate(Clusters.Osdi2004).Progress()"),
            Ran("figure", new StreamOutput(false, "\u001b[32m1,746 workers\u001b[0m, \u001b[1m15,000\u001b[0m map tasks\n"),
                Shown(("application/vnd.plotly.v1+json", FigureJson), ("text/html", "<p>never</p>"), ("text/plain", "Tasks finished over time, with and without backup tasks.")))),
        (Text("""
            ## Broken on purpose

            | Rule switched off | What goes wrong | Seeds needed |
            | --- | --- | ---: |
            | Output by atomic rename | half a file is read as if it were whole | 12 |
            | One result a task | words are counted twice | 3 |

            > [!TIP]
            > Change the seed and look again.

            ### What a wrong answer looks like

            - [x] run it
            - [ ] explain it

            ```csharp
            var rules = MapReduceRules.All with { AtomicRename = false };
            ```
            """), null),
        (Code("fails", "var broken = Explore.Seeds(10_000, seed => Scenes.TwoWorkers(seed, rules));\nthrow new InvalidOperationException(\"no such rule\");"),
            new CellRun("fails", CellOutcome.Failed, "InvalidOperationException: no such rule", [
                new StreamOutput(true, "seed 4127: words counted twice\n"),
                new ErrorOutput("System.InvalidOperationException", "no such rule", "   at line 2, column 1")], TimeSpan.FromSeconds(1.2))),
        (Code("skipped", "#r \"nuget: Plotly.NET, 6.0.0\"\nusing Plotly.NET;", "ecosystem"),
            new CellRun("skipped", CellOutcome.Skipped, "The package Plotly.NET 6.0.0 cannot be had on this machine.", [], TimeSpan.Zero)),
        (Code("long", string.Join('\n', Enumerable.Range(1, 60).Select(line => $"Console.WriteLine({line});"))),
            Ran("long", new StreamOutput(false, string.Concat(Enumerable.Range(1, 60).Select(line => $"{line}\n"))))),
        (Text("Write a job that finds the longest line of each file.", "exercise"), null),
        (Text("Emit the length with the line, and keep the larger.", "solution"), null),
        (Code("solved", "var longest = Job.Map((Line line, Emit<string, string> emit) => emit(line.File, line.Text));", "solution"), Ran("solved")),
        (Code("svg", "cluster.SpaceTime()", "hide-input"), Ran("svg", Shown(("image/svg+xml", """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 160" width="900" height="160" role="img" aria-label="Two nodes and a message">
            <path d="M80 40H880M80 120H880M200 40 320 120" stroke="currentColor" fill="none" stroke-width="2"/>
            <text x="10" y="45" fill="currentColor">master</text><text x="10" y="125" fill="currentColor">worker</text></svg>
            """)))),
        (Code("own", "HTML(own)"), Ran("own", Shown(("text/html", """
            <div id="own-plot" style="height:200px"></div>
            <script>window.workbookPlotly.then(() => Plotly.newPlot("own-plot", [{ y: [1, 3, 2] }], { height: 200 }));</script>
            """)))));

    private static string Hash(string text) => Workbook.Site.Publishing.NotebookKeys.Hash(text)[..8];
}
