using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>How one run of a test is made.</summary>
/// <param name="Seed">Decides every draw: of the network, the servers and the test.</param>
public sealed record BenchSetting(ulong Seed)
{
    /// <summary>How much of the run is kept; nothing when left out, the fastest.</summary>
    public TraceLimit Trace { get; init; } = TraceLimit.Off;

    /// <summary>The numbers of the steps that the test leaves out.</summary>
    public IReadOnlySet<int> LeftOut { get; init; } = new HashSet<int>();

    /// <summary>Whether the properties of Figure 3 are watched as well, where the servers are the library's own.</summary>
    public bool WatchFigure3 { get; init; }

    /// <summary>Whether messages are looked at for changes after they were sent; not needed for servers that are known to leave them alone.</summary>
    public bool GuardMessages { get; init; } = true;

    /// <summary>Who keeps an eye on the run from another thread; nobody when null.</summary>
    internal Stage? Stage { get; init; }
}
