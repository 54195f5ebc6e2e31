using System.Collections.Concurrent;
using System.Globalization;
using Spectre.Console;
using Workbook.Site.Publishing;

namespace Workbook.Cli.Commands;

/// <summary>Shows how a render gets on: bars on a terminal, elsewhere one line a notebook when it has ended.</summary>
internal static class RenderScreen
{
    public static Task<RenderResult> ShowAsync(Func<IProgress<RenderProgress>, Task<RenderResult>> render) =>
        Console.IsOutputRedirected ? render(new Lines()) : WithBarsAsync(render);

    private static Task<RenderResult> WithBarsAsync(Func<IProgress<RenderProgress>, Task<RenderResult>> render) =>
        AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new SpinnerColumn())
            .StartAsync(context => render(new Bars(context)));

    private static string Seconds(TimeSpan elapsed) => elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    /// <summary>Text from notebooks, on one line and without characters by which it could command the terminal.</summary>
    public static string Harmless(string text) =>
        string.Concat(text.Select(letter => letter is '\n' or '\r' or '\t' ? ' ' : char.IsControl(letter) ? '\uFFFD' : letter));

    /// <summary>About how long it still takes, no finer than anyone can know it.</summary>
    internal static string About(TimeSpan left) => left.TotalSeconds switch
    {
        < 60 => $"about {Math.Max(5, Math.Ceiling(left.TotalSeconds / 5) * 5):0} s left",
        < 600 => string.Create(CultureInfo.InvariantCulture, $"about {Math.Ceiling(left.TotalMinutes * 2) / 2:0.#} min left"),
        _ => $"about {Math.Ceiling(left.TotalMinutes):0} min left",
    };

    private static string Left(RenderProgress news) => news is { Left: { } left } && news.Ended < news.Total ? $", {About(left)}" : "";

    private static string Ending(NotebookResult result) => result switch
    {
        { Failures.Count: > 0 } => $"{result.Failures.Count} failed",
        { FromCache: true } => "unchanged",
        _ => Seconds(result.Elapsed),
    };

    /// <summary>For logs and pipes.</summary>
    private sealed class Lines : IProgress<RenderProgress>
    {
        public void Report(RenderProgress news)
        {
            if (news.Result is { } result)
                Console.WriteLine($"[{news.Ended}/{news.Total}] {Harmless(result.Name)}  {result.Cells} cells, {Ending(result)}{Left(news)}");
        }
    }

    /// <summary>For people who watch: a bar for all, and one for each notebook that runs.</summary>
    private sealed class Bars : IProgress<RenderProgress>
    {
        private readonly ConcurrentDictionary<string, ProgressTask> _bars = new(StringComparer.Ordinal);
        private readonly ProgressContext _context;
        private readonly ProgressTask _all;

        public Bars(ProgressContext context)
        {
            _context = context;
            _all = context.AddTask("all");
        }

        public void Report(RenderProgress news)
        {
            _all.MaxValue = Math.Max(1, news.Total);
            _all.Value = news.Ended;
            _all.Description = $"[bold]{news.Ended} of {news.Total}[/]{Left(news)}";
            var bar = _bars.GetOrAdd(news.Name, name => _context.AddTask(Name(name)));
            bar.MaxValue = Math.Max(1, news.Count);
            bar.Value = news.Result is null ? news.Done : bar.MaxValue;
            bar.Description = news switch
            {
                { Result: { } result } => $"{Name(news.Name)} [grey]{Ending(result)}[/]",
                { Note: { } note } => $"{Name(news.Name)} [grey]{Markup.Escape(Harmless(note))}[/]",
                _ => Name(news.Name),
            };
            if (news.Result is not null)
                bar.StopTask();
        }

        private static string Name(string name) => Markup.Escape(Harmless(name));
    }
}
