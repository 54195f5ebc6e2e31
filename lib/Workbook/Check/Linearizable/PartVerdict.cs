namespace Workbook.Check;

/// <summary>What the search of one object's operations came to.</summary>
internal sealed record PartVerdict(SearchEnd End)
{
    /// <summary>The order found; when there is none, the longest part of one.</summary>
    public IReadOnlyList<Operation> Order { get; init; } = [];

    /// <summary>The first operation to return that was not in the longest order; null when an order was found.</summary>
    public Operation? Stuck { get; init; }

    public long Steps { get; init; }

    public long Situations { get; init; }

    public bool WasFull { get; init; }

    /// <summary>What a reader's model threw, as a sentence.</summary>
    public string? Failure { get; init; }

    public static PartVerdict Of(IReadOnlyList<Operation> part, Model model, SearchLimits limits, Func<bool>? stop)
    {
        try
        {
            var space = model.Compile(part);
            var line = new Timeline(part.Select(Entry.Of), space);
            var search = new Search(line, space, limits.Memory);
            var end = search.Run(limits.Steps, stop);
            var order = end == SearchEnd.Found ? search.Order : search.Longest;
            return new(end)
            {
                Order = [.. order.ToArray().Select(operation => line.Entries[operation].Operation)],
                Stuck = end == SearchEnd.NoOrder ? line.Entries[line.Returning[search.LatestMoment]].Operation : null,
                Steps = search.Steps,
                Situations = search.Count,
                WasFull = search.WasFull,
            };
        }
        catch (ModelFailedException failed)
        {
            return new(SearchEnd.Stopped) { Failure = failed.Message };
        }
        catch (OutOfMemoryException)
        {
            return new(SearchEnd.OutOfMemory);
        }
    }
}
