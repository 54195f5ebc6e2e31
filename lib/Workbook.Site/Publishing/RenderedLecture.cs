using System.Text.Json;
using Workbook.Site.Notebooks;
using Workbook.Site.Pages;
using Workbook.Site.Running;

namespace Workbook.Site.Publishing;

/// <summary>One notebook on its way to a page: what the site says of it, and how to get its run when the page must be laid out.</summary>
/// <param name="File">The notebook's path.</param>
/// <param name="Card">What the site says about it.</param>
/// <param name="Key">The key its run is kept under; null when it may not be kept, because it failed.</param>
/// <param name="Content">Reads the notebook and its run; null for a notebook that could not be read.</param>
/// <param name="Failures">One sentence a failure.</param>
/// <param name="FromCache">Whether it was not run now.</param>
/// <param name="Elapsed">Real time its cells took.</param>
internal sealed record RenderedLecture(
    string File, LectureCard Card, string? Key, Func<(Notebook, NotebookRun)>? Content, IReadOnlyList<string> Failures, bool FromCache, TimeSpan Elapsed)
{
    public NotebookResult Result => new(Card.Name, Card.CodeCells, FromCache, Elapsed, Failures);

    /// <summary>The page's content, laid out for the given lectures.</summary>
    public LecturePage Page(IEnumerable<string> lectures)
    {
        if (Content is null)
            return LectureReader.BrokenPage(Card, Failures[0]);
        var (notebook, run) = Content();
        return LectureReader.Page(Card, notebook, run, lectures);
    }
}

/// <summary>Gets each notebook's run: from the cache when nothing has changed, otherwise by running it.</summary>
internal sealed class LectureSource(RenderOptions options, ContentCache cache, NotebookKeys keys, RunNotebook run)
{
    private const string Cards = "cards";
    private const string Runs = "runs";

    /// <summary>What is kept of a notebook that has not changed; null when it must be run.</summary>
    public RenderedLecture? Remembered(string file)
    {
        try
        {
            var key = keys.Of(file);
            return cache.Read(Cards, key) is { } json && JsonSerializer.Deserialize(json, CacheJson.Default.LectureCard) is { } card
                ? new RenderedLecture(file, card, key, () => (NotebookFile.Read(file), RememberedRun(key)), [], true, TimeSpan.Zero)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Runs a notebook. What fails is told in the result, not thrown.</summary>
    public async Task<RenderedLecture> RunAsync(string file, IProgress<CellProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            if (Path.GetFileNameWithoutExtension(file) == "index")
                throw new NotebookException($"{Path.GetFileName(file)} would take the place of the site's first page; give the notebook another name.");
            var key = keys.Of(file);
            var notebook = NotebookFile.Read(file);
            var result = await run(notebook, options.Limits, progress, cancellationToken);
            var card = LectureReader.Card(notebook, result);
            var failures = Failures(notebook, result);
            if (failures.Count > 0)
                return new RenderedLecture(file, card, null, () => (notebook, result), failures, false, result.Elapsed);

            cache.Write(Runs, key, JsonSerializer.Serialize(result, CacheJson.Default.NotebookRun));
            cache.Write(Cards, key, JsonSerializer.Serialize(card, CacheJson.Default.LectureCard));
            return new RenderedLecture(file, card, key, () => (notebook, result), [], false, result.Elapsed);
        }
        catch (Exception error) when (error is NotebookException or IOException or UnauthorizedAccessException)
        {
            var card = LectureReader.CardOfBroken(Path.GetFileNameWithoutExtension(file));
            return new RenderedLecture(file, card, null, null, [error.Message], false, TimeSpan.Zero);
        }
    }

    private NotebookRun RememberedRun(string key) =>
        cache.Read(Runs, key) is { } json && JsonSerializer.Deserialize(json, CacheJson.Default.NotebookRun) is { } remembered
            ? remembered
            : throw new JsonException($"The run kept under {key} is damaged.");

    private static List<string> Failures(Notebook notebook, NotebookRun run)
    {
        var numbers = notebook.Cells.Select((cell, index) => (cell.Id, Number: index + 1))
            .DistinctBy(cell => cell.Id).ToDictionary(cell => cell.Id, cell => cell.Number);
        return run.Cells.Where(cell => cell.Outcome == CellOutcome.Failed)
            .Select(cell => $"{Path.GetFileName(notebook.Path)}, cell {numbers.GetValueOrDefault(cell.CellId)}: {Why(cell)}")
            .ToList();
    }

    private static string Why(CellRun cell)
    {
        if (cell.Reason is { Length: > 0 } reason)
            return reason;
        var error = cell.Outputs.OfType<ErrorOutput>().FirstOrDefault();
        return error is null ? "It failed." : $"{error.Name}: {error.Message.Split('\n')[0]}";
    }
}
