using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Workbook.Draw;

/// <summary>Writes a figure as Plotly's JSON: <c>data</c>, <c>layout</c>, <c>frames</c>, <c>config</c>.</summary>
internal static class FigureJson
{
    /// <summary>Still escapes <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and quotes, so that the JSON can stand inside a script.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The first button that goes would send the reader's data to a public service.</summary>
    private static readonly Members Config = Members.None.With("responsive", true).With("displaylogo", false)
        .With("modeBarButtonsToRemove", new[] { "sendChartToCloud", "select2d", "lasso2d", "autoScale2d" });

    public static string Of(Figure figure)
    {
        var first = figure.Moments.IsEmpty ? figure : figure.Moments[0].Figure;
        var panels = figure.Panels.IsEmpty ? [new Panel(first, 0, 0, "")] : figure.Panels;
        var whole = Members.None
            .With("data", Data(panels))
            .With("layout", FigureLayout.Of(figure, panels))
            .With("config", Config.With(figure.ConfigMembers));
        if (!figure.Moments.IsEmpty)
            whole = whole.With("frames", figure.Moments.Select(moment =>
                Members.None.With("name", moment.Name).With("data", Data([new(moment.Figure, 0, 0, "")]))));
        return Text(whole);
    }

    private static string Text(Members whole)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
            whole.Write(json);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static List<Members> Data(ImmutableArray<Panel> panels)
    {
        var data = new List<Members>();
        var named = new Dictionary<string, int>();
        for (var at = 0; at < panels.Length; at++)
        {
            foreach (var (trace, index) in panels[at].Figure.Traces.Select((trace, index) => (trace, index)))
                data.Add(Placed(trace, index, at, named, panels.Length > 1));
        }
        return data;
    }

    /// <summary>Gives a trace its colour, its axes and its place in the legend; members that the author set win.</summary>
    private static Members Placed(Trace trace, int index, int panel, Dictionary<string, int> named, bool many)
    {
        var placed = Members.None;
        var colour = index;
        if (trace.Name is { } name && many)
        {
            var known = named.TryGetValue(name, out var first);
            colour = known ? first : named[name] = named.Count;
            placed = placed.With("legendgroup", name).With("showlegend", !known);
        }
        if (trace.ColourPath is { } path)
            placed = placed.With(path, Palette.Colour(colour));
        if (panel > 0)
            placed = placed.With("xaxis", FigureLayout.Id("x", panel)).With("yaxis", FigureLayout.Id("y", panel));
        return placed.With(trace.Members);
    }
}
