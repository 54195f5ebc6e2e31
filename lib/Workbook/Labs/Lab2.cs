using System.Runtime.CompilerServices;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// Lab 2, Raft: the tests of its parts 2A to 2D by their names, in virtual time. They run on <see cref="RaftServer"/>, or on a class of the reader's own
/// that is a
/// <see cref="RaftPeer"/>.
/// </summary>
/// <example><code>
/// Lab2.A.Run(servers => new MyRaft(servers))               // the tests of part 2A, 20 seeds each
/// Lab2.TestReElection(7, servers => new MyRaft(servers))   // one of them, from one seed
/// </code></example>
public static partial class Lab2
{
    /// <summary>Leader election.</summary>
    public static LabPart<Func<IReadOnlyList<NodeId>, RaftPeer>> A { get; } = Part("2A", PartA);

    /// <summary>The log.</summary>
    public static LabPart<Func<IReadOnlyList<NodeId>, RaftPeer>> B { get; } = Part("2B", PartB);

    /// <summary>Persistence, and networks that lose and reorder.</summary>
    public static LabPart<Func<IReadOnlyList<NodeId>, RaftPeer>> C { get; } = Part("2C", PartC);

    /// <summary>Snapshots.</summary>
    public static LabPart<Func<IReadOnlyList<NodeId>, RaftPeer>> D { get; } = Part("2D", PartD);

    /// <summary>Runs all tests of all parts, each from many seeds.</summary>
    /// <param name="make">Makes one server, given the names of the group; the library's own when left out.</param>
    /// <param name="seeds">How many seeds each.</param>
    /// <param name="expression">How the servers are made, as it was written; the compiler fills it in.</param>
    public static LabReport Run(
        Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, int seeds = 20, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        LabReport.Of("Lab 2", Parts.Select(part => part.Run(make, seeds, expression)));

    internal static IReadOnlyList<LabPart<Func<IReadOnlyList<NodeId>, RaftPeer>>> Parts => [A, B, C, D];

    private static LabPart<Func<IReadOnlyList<NodeId>, RaftPeer>> Part(string name, IReadOnlyList<LabScript<Func<IReadOnlyList<NodeId>, RaftPeer>>> scripts) =>
        new(name, nameof(Lab2), Library, scripts);

    private static RaftServer Library(IReadOnlyList<NodeId> servers) => new(servers, RaftOptions.Lab);

    private static LabScript<Func<IReadOnlyList<NodeId>, RaftPeer>> Script(
        string name, string asks, int servers, Func<RaftBench, Task> script, bool snapshots = false, bool agrees = true) =>
        new(name, asks, (setting, make) => new RaftBench(setting, servers, make, agrees ? ThenAgree(script) : script, snapshots));

    /// <summary>Whatever has happened, in the end all servers agree.</summary>
    private static Func<RaftBench, Task> ThenAgree(Func<RaftBench, Task> script) => async bench =>
    {
        await script(bench);
        await bench.FinalAgreement();
    };

    private static LabRun Play(
        LabPart<Func<IReadOnlyList<NodeId>, RaftPeer>> part, ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make, string expression,
        [CallerMemberName] string test = "") => part.Test(test, make, expression).Run(seed);
}
