using System.Runtime.CompilerServices;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>Part 2C: persistence, and networks that lose and reorder.</summary>
public static partial class Lab2
{
    private static LabScript<Func<IReadOnlyList<NodeId>, RaftPeer>>[] PartC =>
    [
        Script(nameof(TestPersist1), "crash and restart of all, of the leader, of a follower", 3, Persist1),
        Script(nameof(TestPersist2), "majorities take turns, with restarts in between, five times", 5, Persist2),
        Script(nameof(TestPersist3), "a leader and a follower crash while the other is cut off; the leader comes back first", 3, Persist3),
        Script(nameof(TestFigure8), "leaders crash as in Figure 8 of the paper, a thousand rounds", 5, Figure8),
        Script(nameof(TestUnreliableAgree), "five commands at a time, fifty times, over a network that loses one message in ten", 5, UnreliableAgree),
        Script(nameof(TestFigure8Unreliable), "the same as Figure 8, with leaders cut off, and messages that are lost and overtaken", 5, Figure8Unreliable),
        Script(nameof(TestReliableChurn), "three clients while servers crash, restart and are cut off: what was agreed stays", 5, ReliableChurn),
        Script(nameof(TestUnreliableChurn), "the same over a network that loses one message in ten", 5, UnreliableChurn),
    ];

    /// <summary>Crash and restart of all servers, of the leader, of a follower.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestPersist1(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(C, seed, make, expression);

    /// <summary>Majorities take turns, with restarts in between.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestPersist2(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(C, seed, make, expression);

    /// <summary>A leader and a follower crash while the other follower is cut off; the leader comes back first.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestPersist3(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(C, seed, make, expression);

    /// <summary>Leaders crash as in Figure 8 of the paper.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestFigure8(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(C, seed, make, expression);

    /// <summary>Agreement over a network that loses one message in ten.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestUnreliableAgree(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(C, seed, make, expression);

    /// <summary>Leaders are cut off as in Figure 8, and messages are lost, late and overtaken.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestFigure8Unreliable(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(C, seed, make, expression);

    /// <summary>Three clients while servers crash, restart and are cut off: what a client saw agreed stays.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestReliableChurn(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(C, seed, make, expression);

    /// <summary>The same over a network that loses one message in ten.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestUnreliableChurn(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(C, seed, make, expression);
}
