using System.Runtime.CompilerServices;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>Part 2D: snapshots.</summary>
public static partial class Lab2
{
    private const long LargestLog = 2000;

    private static LabScript<Func<IReadOnlyList<NodeId>, RaftPeer>>[] PartD =>
    [
        Script(nameof(TestSnapshotBasic), "the log stays short", 3, bench => Snapshots(bench, isCutOff: false, isCrashed: false), snapshots: true),
        Script(nameof(TestSnapshotInstall), "a server that was cut off gets a snapshot", 3, bench => Snapshots(bench, isCutOff: true, isCrashed: false), snapshots: true),
        Script(nameof(TestSnapshotInstallUnreliable), "the same over a network that loses one message in ten", 3,
            bench => Snapshots(bench, isCutOff: true, isCrashed: false, Bench.Unreliable), snapshots: true),
        Script(nameof(TestSnapshotInstallCrash), "a server that had crashed gets a snapshot", 3, bench => Snapshots(bench, isCutOff: false, isCrashed: true), snapshots: true),
        Script(nameof(TestSnapshotInstallUnCrash), "the same over a network that loses one message in ten", 3,
            bench => Snapshots(bench, isCutOff: false, isCrashed: true, Bench.Unreliable), snapshots: true),
        Script(nameof(TestSnapshotAllCrash), "all crash and come back from snapshot and log", 3, SnapshotAllCrash, snapshots: true),
        Script(nameof(TestSnapshotInit), "a snapshot that was read at a restart is still there at the next", 3, SnapshotInit, snapshots: true),
    ];

    /// <summary>The log stays short.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestSnapshotBasic(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(D, seed, make, expression);

    /// <summary>A server that was cut off gets a snapshot.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestSnapshotInstall(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(D, seed, make, expression);

    /// <summary>The same over a network that loses one message in ten.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestSnapshotInstallUnreliable(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(D, seed, make, expression);

    /// <summary>A server that had crashed gets a snapshot.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestSnapshotInstallCrash(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(D, seed, make, expression);

    /// <summary>A server that had crashed gets a snapshot, over a network that loses one message in ten.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestSnapshotInstallUnCrash(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(D, seed, make, expression);

    /// <summary>All crash and come back from snapshot and log.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestSnapshotAllCrash(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(D, seed, make, expression);

    /// <summary>A snapshot that was read at a restart is still on the disk at the next one.</summary>
    /// <inheritdoc cref="TestReElection" path="/param"/>
    public static LabRun TestSnapshotInit(
        ulong seed, Func<IReadOnlyList<NodeId>, RaftPeer>? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        Play(D, seed, make, expression);

    private static async Task Snapshots(RaftBench bench, bool isCutOff, bool isCrashed, NetworkOptions? network = null)
    {
        if (network is not null) bench.Use(network);
        await bench.One(bench.AnyCommand(), 3, retry: true);
        var leader = await bench.CheckOneLeader();
        foreach (var round in bench.Rounds(30))
        {
            var (victim, sender) = (bench.After(leader, 1), leader);
            if (round % 3 == 1) (victim, sender) = (leader, bench.After(leader, 1));
            if (isCutOff) bench.Disconnect(victim);
            if (isCrashed) bench.Crash(victim);
            if (isCutOff || isCrashed) await bench.One(bench.AnyCommand(), 2, retry: true);

            // Perhaps enough for a snapshot.
            for (var left = bench.Random.Next(5, 15); left > 0; left--) bench.Start(sender, bench.AnyCommand());
            await bench.One(bench.AnyCommand(), isCutOff || isCrashed ? 2 : 3, retry: true);
            var bytes = bench.LogBytes();
            if (bytes >= LargestLog) bench.Fail("Log too large", $"a log has {bytes:N0} bytes; with a snapshot every 10 commands it stays under {LargestLog:N0}.");
            if (isCrashed) bench.Restart(victim);
            bench.Connect(victim);
            if (!isCutOff && !isCrashed) continue;
            await bench.One(bench.AnyCommand(), 3, retry: true);
            leader = await bench.CheckOneLeader();
        }
    }

    private static async Task SnapshotAllCrash(RaftBench bench)
    {
        await bench.One(bench.AnyCommand(), 3, retry: true);
        foreach (var _ in bench.Rounds(5))
        {
            for (var left = bench.Random.Next(5, 15); left > 0; left--) await bench.One(bench.AnyCommand(), 3, retry: true);
            var before = await bench.One(bench.AnyCommand(), 3, retry: true);
            bench.Crash(bench.Servers);
            bench.Restart(bench.Servers);
            var after = await bench.One(bench.AnyCommand(), 3, retry: true);
            if (after <= before) bench.Fail("Index went back", $"a command given after the restart of all got index {after}, and {before} was taken.");
        }
    }

    private static async Task SnapshotInit(RaftBench bench)
    {
        for (var count = 0; count < 12; count++) await bench.One(bench.AnyCommand(), 3, retry: true);
        for (var time = 0; time < 2; time++)
        {
            bench.Crash(bench.Servers);
            bench.Restart(bench.Servers);

            // A single command, so that something is written again.
            await bench.One(bench.AnyCommand(), 3, retry: true);
        }
    }
}
