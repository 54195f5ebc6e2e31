namespace Workbook.Site.Running;

/// <summary>What a notebook may use while it runs.</summary>
public sealed record RunOptions
{
    /// <summary>How long one cell may take, restoring its packages not counted.</summary>
    public TimeSpan CellTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long .NET Interactive may take until it is ready; the own runner has a limit of its own.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the whole notebook may take; null for no limit but that of its cells.</summary>
    public TimeSpan? NotebookTimeout { get; init; }

    /// <summary>How long <c>dotnet restore</c> may take for the packages of one cell.</summary>
    public TimeSpan RestoreTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of memory that the notebook's process may hold, and on Linux the programs that it starts with it.</summary>
    public long MemoryLimitBytes { get; init; } = 4L << 30;

    /// <summary>How many programs may run at once that the notebook has started; counted on Linux only.</summary>
    public int ProgramLimit { get; init; } = 256;

    /// <summary>Bytes of console text that are kept of one cell; what comes after is counted and dropped.</summary>
    public long OutputLimitBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of shown values (figures, tables, HTML) that are kept of one cell.</summary>
    public long DisplayLimitBytes { get; init; } = 64 << 20;

    /// <summary>How many shown values are kept of one cell.</summary>
    public int DisplayLimit { get; init; } = 1000;

    /// <summary>Whether each shown value is also given as <c>text/plain</c>, for a terminal.</summary>
    public bool WithPlainText { get; init; }

    /// <summary>Where restored packages are remembered; null for the user's own cache folder.</summary>
    public string? PackageCacheFolder { get; init; }
}
