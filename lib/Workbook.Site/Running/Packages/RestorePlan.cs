using Workbook.Site.Notebooks;

namespace Workbook.Site.Running.Packages;

/// <summary>
/// Restores the packages of all cells of a notebook ahead, while the first cells run. Each cell's packages are restored together
/// with those of the cells before, so that one version of everything fits them all.
/// </summary>
internal sealed class RestorePlan
{
    private readonly Dictionary<string, Task<RestoreResult>> _results = [];

    internal RestorePlan(IReadOnlyList<Cell> cells, PackageRestore restore, CancellationToken cancellationToken)
    {
        var before = Task.FromResult<IReadOnlyList<PackageDirective>>([]);
        foreach (var cell in cells)
        {
            if (PackageDirective.In(cell.Source) is not { Count: > 0 } packages)
                continue;
            Names[cell.Id] = string.Join(", ", packages);
            var result = RestoreAsync(before, packages, restore, cancellationToken);
            _results[cell.Id] = result;
            before = WithAsync(before, packages, result);
        }
    }

    /// <summary>The packages that a cell asks for, by the cell's id.</summary>
    internal Dictionary<string, string> Names { get; } = [];

    /// <summary>What came of a cell's packages; null when it asks for none.</summary>
    internal Task<RestoreResult>? For(Cell cell) => _results.GetValueOrDefault(cell.Id);

    /// <summary>Waits until nothing is restored any more, whatever came of it.</summary>
    internal async Task EndedAsync() => await ((Task)Task.WhenAll(_results.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task<RestoreResult> RestoreAsync(
        Task<IReadOnlyList<PackageDirective>> before, IReadOnlyList<PackageDirective> packages, PackageRestore restore, CancellationToken cancellationToken)
    {
        var earlier = await before;
        return await restore.RestoreAsync([.. earlier, .. packages], cancellationToken);
    }

    private static async Task<IReadOnlyList<PackageDirective>> WithAsync(
        Task<IReadOnlyList<PackageDirective>> before, IReadOnlyList<PackageDirective> packages, Task<RestoreResult> result)
    {
        var earlier = await before;
        return (await result).Problem is null ? [.. earlier, .. packages] : earlier;
    }
}
