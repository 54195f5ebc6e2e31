using Workbook.Site.Publishing;

namespace Workbook.Site.Serving;

/// <summary>What to serve, and where.</summary>
public sealed record ServeOptions
{
    /// <summary>The port that is tried first when none is asked for: the course's number.</summary>
    public const int DefaultPort = 6824;

    /// <summary>What is rendered, and into which folder.</summary>
    public required RenderOptions Render { get; init; }

    /// <summary>The port on 127.0.0.1; 0 for any that is free; null for <see cref="DefaultPort"/> or one of the next that is free.</summary>
    public int? Port { get; init; }

    /// <summary>How long nothing must change before a render begins: editors and builds write a file in several steps.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(300);
}

/// <summary>News of a server.</summary>
/// <param name="Result">What came of a render; null when there was none to speak of.</param>
/// <param name="Notice">What went wrong, in sentences; null when nothing did.</param>
public sealed record ServeNews(RenderResult? Result, string? Notice);
