using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>What becomes of the properties of Figure 3 in a test of a lab.</summary>
public enum Figure3Watch
{
    /// <summary>Nobody looks: the labs' own tests know nothing of a server's inside.</summary>
    Off,

    /// <summary>The first that is broken is noted, and the test goes on.</summary>
    Noted,

    /// <summary>The test fails when one is broken.</summary>
    Required,
}

/// <summary>How one run of a test is made.</summary>
/// <param name="Seed">Decides every draw: of the network, the servers and the test.</param>
public sealed record BenchSetting(ulong Seed)
{
    /// <summary>How much of the run is kept; nothing when left out, the fastest.</summary>
    public TraceLimit Trace { get; init; } = TraceLimit.Off;

    /// <summary>The numbers of the steps that the test leaves out.</summary>
    public IReadOnlySet<int> LeftOut { get; init; } = new HashSet<int>();

    /// <summary>How long a server may take over one event, in real time, before the run is given up; a right one needs microseconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the properties of Figure 3 are watched as well, where the servers are the library's own.</summary>
    public Figure3Watch Figure3 { get; init; }

    /// <summary>Whether messages are looked at for changes after they were sent; not needed for servers that are known to leave them alone.</summary>
    public bool GuardMessages { get; init; } = true;

    /// <summary>Who keeps an eye on the run from another thread; nobody when null.</summary>
    internal Stage? Stage { get; init; }
}
