using System.Runtime.CompilerServices;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>Part 2A: leader election.</summary>
public static partial class Lab2
{
    private static LabScript<Func<IReadOnlyList<NodeId>, RaftPeer>>[] PartA =>
    [
        Script(nameof(TestInitialElection), "one leader, the same term everywhere, and both stay", 3, InitialElection, agrees: false),
        Script(nameof(TestReElection), "a new leader when the old one is cut off, none without a majority, one when it is back", 3, ReElection, agrees: false),
        Script(nameof(TestManyElections), "7 servers, ten rounds with 3 of them cut off: always one leader", 7, ManyElections, agrees: false),
    ];

    /// <summary>One leader, terms that agree, and no election while nothing fails.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestInitialElection(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(A, seed, make, expression);

    /// <summary>A new leader when the old one is cut off; it steps down on its return; none without a majority.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="make">Makes one server, given the names of the group; the library's own when left out.</param>
    /// <param name="expression">How the servers are made, as it was written; the compiler fills it in.</param>
    public static LabRun TestReElection(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(A, seed, make, expression);

    /// <summary>Seven servers; in each of ten rounds three are cut off.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestManyElections(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(A, seed, make, expression);

    private static async Task InitialElection(RaftBench bench)
    {
        await bench.CheckOneLeader();

        // The others may not have heard of the election yet.
        await bench.Sleep(50.Milliseconds());
        var term = bench.CheckTerms();
        await bench.Sleep(2 * Bench.ElectionTimeout);

        // The labs only warn here, since a real machine may be slow for a while. A virtual one is not.
        if (bench.CheckTerms() is var later && later != term) bench.Fail("Needless election", $"the term went from {term} to {later}, although nothing has failed.");
        await bench.CheckOneLeader();
    }

    private static async Task ReElection(RaftBench bench)
    {
        var first = await bench.CheckOneLeader();
        bench.Disconnect(first);
        await bench.CheckOneLeader();

        bench.Connect(first);
        var second = await bench.CheckOneLeader();

        bench.Disconnect(second, bench.After(second, 1));
        await bench.Sleep(2 * Bench.ElectionTimeout);
        bench.CheckNoLeader();

        bench.Connect(bench.After(second, 1));
        await bench.CheckOneLeader();
        bench.Connect(second);
        await bench.CheckOneLeader();
    }

    private static async Task ManyElections(RaftBench bench)
    {
        await bench.CheckOneLeader();
        foreach (var _ in bench.Rounds(10))
        {
            // One server may be drawn more than once.
            NodeId[] away = [bench.AnyServer(), bench.AnyServer(), bench.AnyServer()];
            bench.Disconnect(away);
            await bench.CheckOneLeader();
            bench.Connect(away);
        }

        await bench.CheckOneLeader();
    }
}
