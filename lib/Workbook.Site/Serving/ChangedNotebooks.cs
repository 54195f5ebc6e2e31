using Workbook.Site.Notebooks;

namespace Workbook.Site.Serving;

/// <summary>
/// Which notebooks a render is asked for. One that can't be read, because its author is in the middle of something or an editor has written half
/// of it, is not: its page stays as it is.
/// </summary>
internal sealed class ChangedNotebooks
{
    private readonly List<string> _readable = [];
    private readonly List<string> _broken = [];

    internal ChangedNotebooks(string root, FileChanges changes)
    {
        var folder = Path.Combine(root, "notebooks");
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "?*.ipynb") : [];
        var names = files.Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal).ToList();
        // One that is gone changes the list of lectures on every page.
        var isAll = changes.Everything || changes.Notebooks.Except(names).Count > 0;
        foreach (var name in isAll ? names : [.. changes.Notebooks])
        {
            try
            {
                NotebookFile.Read(Path.Combine(folder, name + ".ipynb"));
                _readable.Add(name);
            }
            catch (NotebookException error)
            {
                _broken.Add(error.Message);
            }
        }
    }

    /// <summary>Names of the notebooks to render.</summary>
    internal IReadOnlyList<string> Readable => _readable;

    /// <summary>One sentence for each that can't be read.</summary>
    internal IReadOnlyList<string> Broken => _broken;
}
