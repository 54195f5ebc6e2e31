using System.Text.Json;
using Workbook.Site.Notebooks;
using Workbook.Site.Pages;
using Workbook.Site.Running;

namespace Workbook.Site.Publishing;

/// <summary>Gets each notebook's run: from the cache when nothing has changed, otherwise by running it.</summary>
internal sealed class LectureSource(RenderOptions options, ContentCache cache, NotebookKeys keys, RunNotebook runNotebook)
{
    private const string Cards = "cards";
    private const string Runs = "runs";
    private const string Facts = "facts";

    private readonly RunOptions _limits = options.Limits with { WithPlainText = true };

    /// <summary>Where the card of a run with skipped cells is kept: tomorrow the missing package may be there.</summary>
    private static string CardsOfToday => $"{Cards}-{DateTime.UtcNow:yyyy-MM-dd}";

    /// <summary>What is kept of a notebook that has not changed; null when it must be run.</summary>
    /// <param name="file">The notebook.</param>
    /// <param name="copy">The copy of it that the site will hold, which no cell can take away.</param>
    public RenderedLecture? Remembered(string file, string copy)
    {
        try
        {
            var key = keys.Of(file);
            if (cache.Read(Runs, key) is not { } run || cache.Read(Facts, key) is not { } facts
                || (cache.Read(Cards, key) ?? cache.Read(CardsOfToday, key)) is not { } card)
                return null;
            return new RenderedLecture(
                file, JsonSerializer.Deserialize(card, CacheJson.Default.LectureCard)!, key,
                () => (NotebookFile.Read(copy) with { Path = Path.GetFullPath(file) }, JsonSerializer.Deserialize(run, CacheJson.Default.NotebookRun)!),
                [], true, TimeSpan.Zero)
            {
                Facts = JsonSerializer.Deserialize(facts, CacheJson.Default.LectureFacts)!.Facts,
            };
        }
        catch (Exception error) when (error is NotebookException or IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Runs a notebook. What fails is told in the result, not thrown.</summary>
    public async Task<RenderedLecture> RunAsync(string file, IProgress<CellProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            if (CoursePage.Reserved.TryGetValue(Path.GetFileNameWithoutExtension(file), out var place))
                throw new NotebookException($"{Path.GetFileName(file)} would take the place of {place}; give the notebook another name.");
            var key = keys.Of(file);
            var notebook = NotebookFile.Read(file);
            // One that an editor saved between the two lines above has a run, but not under this key.
            var isAsRead = keys.Of(file) == key;
            var result = await runNotebook(notebook, _limits, progress, cancellationToken);
            var card = LectureReader.Card(notebook, result);
            var facts = CourseFact.Of(notebook, result);
            var failures = Failures(notebook, result);
            if (failures.Count > 0 || !isAsRead)
                return new RenderedLecture(file, card, null, () => (notebook, result), failures, false, result.Elapsed) { Facts = facts };

            cache.Write(Runs, key, JsonSerializer.Serialize(result, CacheJson.Default.NotebookRun));
            cache.Write(Facts, key, JsonSerializer.Serialize(new LectureFacts(facts, []), CacheJson.Default.LectureFacts));
            var hasSkipped = result.Cells.Any(cell => cell.Outcome == CellOutcome.Skipped);
            cache.Write(hasSkipped ? CardsOfToday : Cards, key, JsonSerializer.Serialize(card, CacheJson.Default.LectureCard));
            return new RenderedLecture(file, card, key, () => (notebook, result), [], false, result.Elapsed) { Facts = facts };
        }
        catch (Exception error) when (error is NotebookException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            var card = LectureReader.CardOfBroken(Path.GetFileNameWithoutExtension(file));
            return new RenderedLecture(file, card, null, null, [error.Message], false, TimeSpan.Zero);
        }
    }

    /// <summary>A notebook that this render was not asked for, with the page it has on the published site; null when it has none.</summary>
    public RenderedLecture? Published(string file, SiteFolder folder)
    {
        if (!folder.IsPublished || !File.Exists(Path.Combine(folder.Path, Path.GetFileNameWithoutExtension(file) + ".html")))
            return null;
        var card = LectureReader.CardOfBroken(Path.GetFileNameWithoutExtension(file));
        try
        {
            card = LectureReader.Card(NotebookFile.Read(file), new NotebookRun([], TimeSpan.Zero));
        }
        catch (NotebookException)
        {
            // It was readable when its page was made; until it is rendered again only its name is known.
        }
        var hasFigure = File.Exists(Path.Combine(folder.Path, PlotlyScript.Local.Source));
        var facts = LectureFacts.Read(folder.Path, card.Name);
        return new RenderedLecture(file, card with { HasFigure = hasFigure }, null, null, [], true, TimeSpan.Zero)
        {
            KeepsPage = true,
            Facts = facts.Facts,
            Mentions = facts.Mentions,
        };
    }

    /// <summary>One sentence a cell that failed. Cells are counted as traces and <c>workbook run</c> count them: those of code.</summary>
    private static List<string> Failures(Notebook notebook, NotebookRun run) =>
        [.. run.Cells.Index().Where(cell => cell.Item.Outcome == CellOutcome.Failed)
            .Select(cell => $"{Path.GetFileName(notebook.Path)}, cell {cell.Index + 1}: {Why(cell.Item)}")];

    private static string Why(CellRun cell)
    {
        if (cell.Reason is { Length: > 0 } reason)
            return reason;
        var error = cell.Outputs.OfType<ErrorOutput>().FirstOrDefault();
        return error is null ? "It failed." : $"{error.Name}: {error.Message.Split('\n')[0]}";
    }
}
