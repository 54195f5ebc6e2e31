using Workbook.Draw;
using Workbook.Sim;
using Workbook.Site.Notebooks;
using Workbook.Tests.Draw;
using Workbook.Tests.Parts;

namespace Workbook.Site.Tests.Pages;

/// <summary>The library's own pictures on a page of the site.</summary>
internal static class Pictures
{
    /// <summary>The run of the page's first replay.</summary>
    public static Replay Election()
    {
        var (run, recorder) = ToyServer.Cluster(7);
        run.RunFor(4.Seconds());
        return recorder.ToReplay("A toy election");
    }

    /// <summary>The two runs of the page's pair.</summary>
    public static ReplayPair Pair()
    {
        var (on, off) = (ToyServer.Cluster(0, servers: 5), ToyServer.Cluster(0, votesOnce: false, servers: 5));
        on.Run.RunFor(2.Seconds());
        off.Run.RunFor(2.Seconds());
        return Replay.Beside("Vote once", ("rule on", on.Recorder.ToReplay("on")), ("rule off", off.Recorder.ToReplay("off")));
    }

    public static (Cell, CellRun?)[] Page() =>
    [
        (Samples.Text("# Pictures\n\nWhat the library draws. [Step 42](#replay-a-toy-election-42), [its twin's](#replay-a-toy-election-2-7)."), null),
        (Samples.Text("## Runs"), null),
        Shown("replay", Election()),
        Shown("pair", Pair()),
        Shown("twin", Election()),
        Shown("curves", Curves()),
        Shown("grid", new LogGrid("Logs that disagree", LogRow.Of("S1", "3", 10), LogRow.Of("S2", "3 3 4", 10), LogRow.Of("S3", "3 3 5", 10))),
        Shown("moving", Figure.Animate(
            "The load that each round of the run brings", "round",
            Enumerable.Range(1, 20).Select(round => ($"{round}", new Figure("load").Line([0, 1], [0, round]))))),
    ];

    public static (Cell, CellRun?)[] LongPage() => [(Samples.Text("# A long run"), null), Shown("long", ReplaySamples.Random(1, 20_000, longestLog: 200))];

    /// <summary>Two columns of curves: their time has a range, their rates have not.</summary>
    private static Figure Curves()
    {
        return Figure.Columns("Figure 3", Figure.Stack("Normal", Rate(100), Rate(200)), Figure.Stack("Killed", Rate(300), Rate(400)));

        static Figure Rate(int most) => new Figure($"up to {most}").Line([0, 50, 100], [0, most, most / 2], "rate")
            .XAxis("time", "s", range: (0, 120)).YAxis("rate", "MB/s");
    }

    private static (Cell, CellRun?) Shown(string id, IDisplay picture)
    {
        var bundle = picture.ToMimeBundle();
        string[] types = [MimeTypes.Html, MimeTypes.Plain, MimeTypes.Plotly];
        var shown = Samples.Shown([.. types.Where(type => bundle[type] is not null).Select(type => (type, bundle[type]!))]);
        return (Samples.Code(id, $"{id}.Show()"), Samples.Ran(id, shown));
    }
}
