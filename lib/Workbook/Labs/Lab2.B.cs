using System.Runtime.CompilerServices;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>Part 2B: the log.</summary>
public static partial class Lab2
{
    private static LabScript<Func<IReadOnlyList<NodeId>, RaftPeer>>[] PartB =>
    [
        Script(nameof(TestBasicAgree), "three commands at indices 1, 2, 3, and none before it was given", 3, BasicAgree),
        Script(nameof(TestRPCBytes), "each 5,000 byte command crosses to each server once", 3, RPCBytes),
        Script(nameof(TestFollowerFailure), "progress with one follower cut off, none with two", 3, FollowerFailure),
        Script(nameof(TestLeaderFailure), "progress with one leader cut off, none with two", 3, LeaderFailure),
        Script(nameof(TestFailAgree), "a follower that was cut off catches up", 3, FailAgree),
        Script(nameof(TestFailNoAgree), "nothing is committed while 3 of 5 are cut off", 5, FailNoAgree),
        Script(nameof(TestConcurrentStarts), "five commands given at once are all committed", 3, ConcurrentStarts),
        Script(nameof(TestRejoin), "a leader that was cut off comes back with entries nobody else has", 3, Rejoin),
        Script(nameof(TestBackup), "logs that are wrong for 50 entries are soon right, with few requests", 5, Backup),
        Script(nameof(TestCount), "not many more requests than needed", 3, Count),
    ];

    /// <summary>Three commands at the indices expected, and none before it was given.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestBasicAgree(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(B, seed, make, expression);

    /// <summary>Each command crosses to each server once.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestRPCBytes(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(B, seed, make, expression);

    /// <summary>Progress with one follower cut off, none with two.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestFollowerFailure(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(B, seed, make, expression);

    /// <summary>Progress with one leader cut off, none with two.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestLeaderFailure(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(B, seed, make, expression);

    /// <summary>A follower that was cut off catches up.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestFailAgree(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(B, seed, make, expression);

    /// <summary>Nothing is committed while three of five are cut off; then all goes on.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestFailNoAgree(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(B, seed, make, expression);

    /// <summary>Five commands given at once, in one term, are all committed.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestConcurrentStarts(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(B, seed, make, expression);

    /// <summary>A leader that was cut off comes back with entries that nobody else has.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestRejoin(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(B, seed, make, expression);

    /// <summary>Logs that are wrong for 50 entries are soon right.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestBackup(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(B, seed, make, expression);

    /// <summary>Requests to elect a leader, to agree, and at rest are not many more than needed.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestCount(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(B, seed, make, expression);
}
