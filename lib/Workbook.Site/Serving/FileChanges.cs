using System.Collections.Immutable;

namespace Workbook.Site.Serving;

/// <summary>What has changed since the last render.</summary>
/// <param name="Everything">Whether more than notebooks did: the library, the data, or what is there at all.</param>
/// <param name="Notebooks">Names of the notebooks that did.</param>
internal sealed record FileChanges(bool Everything, ImmutableSortedSet<string> Notebooks)
{
    internal static FileChanges None { get; } = new(false, []);

    internal static FileChanges All { get; } = new(true, []);

    internal FileChanges And(FileChanges more) => new(Everything || more.Everything, Notebooks.Union(more.Notebooks));

    internal FileChanges AndNotebook(string name) => this with { Notebooks = Notebooks.Add(name) };
}
