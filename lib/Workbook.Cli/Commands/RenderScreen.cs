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
                Console.WriteLine($"{result.Name}  {result.Cells} cells, {Ending(result)}");
        }
    }

    /// <summary>For people who watch.</summary>
    private sealed class Bars(ProgressContext context) : IProgress<RenderProgress>
    {
        private readonly ConcurrentDictionary<string, ProgressTask> _bars = new(StringComparer.Ordinal);

        public void Report(RenderProgress news)
        {
            var bar = _bars.GetOrAdd(news.Name, name => context.AddTask(Markup.Escape(name)));
            bar.MaxValue = Math.Max(1, news.Count);
            bar.Value = news.Result is null ? news.Done : bar.MaxValue;
            bar.Description = news switch
            {
                { Result: { } result } => $"{Markup.Escape(news.Name)} [grey]{Ending(result)}[/]",
                { Note: { } note } => $"{Markup.Escape(news.Name)} [grey]{Markup.Escape(note)}[/]",
                _ => Markup.Escape(news.Name),
            };
            if (news.Result is not null)
                bar.StopTask();
        }
    }
}
