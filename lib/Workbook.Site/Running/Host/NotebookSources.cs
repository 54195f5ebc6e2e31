using Microsoft.CodeAnalysis;

namespace Workbook.Site.Running.Host;

/// <summary>What <c>#load</c> means in a notebook: the path is taken from the notebook's folder, in a loaded file from that file's.</summary>
internal sealed class NotebookSources(string folder) : SourceFileResolver([], folder)
{
    public override string? ResolveReference(string path, string? baseFilePath) => base.ResolveReference(path, FileOrNull(baseFilePath));

    /// <summary>Cells bear names like files do, but are none.</summary>
    internal static string? FileOrNull(string? path) => Path.IsPathRooted(path) ? path : null;
}
