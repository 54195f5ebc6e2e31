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
public sealed record BenchSetting
{
    /// <summary>A run from a seed, of which nothing is kept: the fastest.</summary>
    public BenchSetting(ulong seed) => Schedule = Schedule.Times(seed) with { Trace = TraceLimit.Off };

    /// <summary>What decides the run: every draw of the network, the servers and the test.</summary>
    public Schedule Schedule { get; init; }

    /// <summary>How much of the run is kept.</summary>
    public TraceLimit Trace
    {
        get => Schedule.Trace ?? TraceLimit.Whole;
        init => Schedule = Schedule with { Trace = value };
    }

    /// <summary>The numbers of the steps that the test leaves out.</summary>
    public IReadOnlySet<int> LeftOut { get; init; } = new HashSet<int>();

    /// <summary>How long a server may take over one event, in real time, before the run is given up; a right one needs microseconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the properties of Figure 3 are watched as well, where the servers are the library's own.</summary>
    public Figure3Watch Figure3 { get; init; }

    /// <summary>Whether messages are looked at for changes after they were sent; the library's own servers leave them alone.</summary>
    public bool GuardMessages { get; init; } = true;

    /// <summary>Who keeps an eye on the run from another thread; nobody when null.</summary>
    internal Stage? Stage { get; init; }

    /// <summary>The search for a smaller run that this one belongs to; null for a run of its own.</summary>
    internal Shrinkage? Shrinkage { get; init; }
}
