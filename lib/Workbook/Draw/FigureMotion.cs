namespace Workbook.Draw;

/// <summary>The slider and the buttons of a figure that moves, and the axes that must not move with it.</summary>
internal static class FigureMotion
{
    /// <summary>Axes wide enough for every frame, where the author gave no range.</summary>
    public static Members Still(Figure figure)
    {
        var frames = figure.Moments.Select(moment => moment.Figure).ToList();
        var traces = frames.SelectMany(frame => frame.Traces).ToList();
        var x = Range(frames[0].X, Extent.Around(traces.Select(trace => trace.X)));
        var y = Range(frames[0].Y, Extent.Around(traces.Select(trace => trace.Y)));
        return (x is null ? Members.None : Members.None.With("xaxis.range", x))
            .With(y is null ? Members.None : Members.None.With("yaxis.range", y));
    }

    public static Members Slider(Figure figure)
    {
        var steps = figure.Moments.Select(moment => Members.None.With("label", Markup.Literal(moment.Name)).With("method", "animate")
            .With("args", new object[] { new[] { moment.Name }, Timing("immediate", 0) }));
        var slider = Members.None.With("active", 0).With("steps", steps).With("x", 0).With("len", 1).With("pad.t", 50)
            .With("currentvalue.prefix", $"{Markup.Literal(figure.MomentsCount)} ").With("currentvalue.xanchor", "left")
            .With("bordercolor", "#808080").With("bgcolor", "rgba(128,128,128,0.3)").With("activebgcolor", "rgba(128,128,128,0.6)")
            .With("tickcolor", "#808080");
        var buttons = Members.None.With("type", "buttons").With("showactive", false).With("direction", "left").With("x", 0)
            .With("xanchor", "left")
            .With("y", 0).With("yanchor", "top").With("pad.t", 134).With("bgcolor", "rgba(128,128,128,0.15)").With("bordercolor", "#808080")
            .With("buttons", new[]
            {
                Button("Play", new object?[] { null, Timing("afterall", 400) }),
                Button("Pause", new object?[] { new string?[] { null }, Timing("immediate", 0) }),
            });
        return Members.None.With("sliders", new[] { slider }).With("updatemenus", new[] { buttons });
    }

    private static Members Button(string label, object args) =>
        Members.None.With("label", label).With("method", "animate").With("args", args);

    private static object Timing(string mode, int milliseconds) => new
    {
        mode,
        fromcurrent = true,
        frame = new { duration = milliseconds, redraw = true },
        transition = new { duration = 0 },
    };

    private static double[]? Range(Axis axis, Extent extent)
    {
        if (axis.Range is not null || extent.IsEmpty)
            return null;
        var padded = extent.Padded(axis.IsLog);
        return axis.IsLog ? [Math.Log10(padded.Min), Math.Log10(padded.Max)] : [padded.Min, padded.Max];
    }
}
