using System.Runtime.CompilerServices;
using Workbook.Labs;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Labs;

/// <summary>
/// Lab 2 by the names of its tests, on the library's Raft, each from 200 seeds, with the properties of Figure 3 watched besides. A test that fails prints
/// what it saw, and the line that repeats it.
/// </summary>
public sealed class Lab2Tests
{
    private const string SecondLeader = "a second leader";
    private const string Snapshot = "a snapshot from the leader";

    [Fact]
    public void TestInitialElection() => IsPassed(Lab2.A);

    [Fact]
    public void TestReElection() => IsPassed(Lab2.A, [SecondLeader]);

    [Fact]
    public void TestManyElections() => IsPassed(Lab2.A, [SecondLeader]);

    [Fact]
    public void TestBasicAgree() => IsPassed(Lab2.B);

    [Fact]
    public void TestRPCBytes() => IsPassed(Lab2.B);

    [Fact]
    public void TestFollowerFailure() => IsPassed(Lab2.B);

    [Fact]
    public void TestLeaderFailure() => IsPassed(Lab2.B, [SecondLeader]);

    [Fact]
    public void TestFailAgree() => IsPassed(Lab2.B);

    [Fact]
    public void TestFailNoAgree() => IsPassed(Lab2.B, [SecondLeader]);

    [Fact]
    public void TestConcurrentStarts() => IsPassed(Lab2.B);

    [Fact]
    public void TestRejoin() => IsPassed(Lab2.B, [SecondLeader]);

    [Fact]
    public void TestBackup() => IsPassed(Lab2.B, [SecondLeader]);

    [Fact]
    public void TestCount() => IsPassed(Lab2.B);

    [Fact]
    public void TestPersist1() => IsPassed(Lab2.C, [SecondLeader]);

    [Fact]
    public void TestPersist2() => IsPassed(Lab2.C, [SecondLeader]);

    [Fact]
    public void TestPersist3() => IsPassed(Lab2.C, [SecondLeader]);

    [Fact]
    public void TestFigure8() => IsPassed(Lab2.C, [SecondLeader]);

    [Fact]
    public void TestUnreliableAgree() => IsPassed(Lab2.C);

    [Fact]
    public void TestFigure8Unreliable() => IsPassed(Lab2.C, [SecondLeader]);

    [Fact]
    public void TestReliableChurn() => IsPassed(Lab2.C, [SecondLeader, "a client's command was agreed on"]);

    [Fact]
    public void TestUnreliableChurn() => IsPassed(Lab2.C, [SecondLeader, "a client's command was agreed on"]);

    [Fact]
    public void TestSnapshotBasic() => IsPassed(Lab2.D);

    [Fact]
    public void TestSnapshotInstall() => IsPassed(Lab2.D, [Snapshot]);

    [Fact]
    public void TestSnapshotInstallUnreliable() => IsPassed(Lab2.D, [Snapshot]);

    [Fact]
    public void TestSnapshotInstallCrash() => IsPassed(Lab2.D, [Snapshot]);

    [Fact]
    public void TestSnapshotInstallUnCrash() => IsPassed(Lab2.D, [Snapshot]);

    [Fact]
    public void TestSnapshotAllCrash() => IsPassed(Lab2.D);

    [Fact]
    public void TestSnapshotInit() => IsPassed(Lab2.D);

    private static void IsPassed(
        LabPart<Func<IReadOnlyList<NodeId>, RaftPeer>> part, string[]? sometimes = null, [CallerMemberName] string test = "")
    {
        var report = part.Test(test).Explore(Seeds.Count(200), Figure3Watch.Required);
        Assert.True(report.Passed, report.ToString());
        Assert.All(sometimes ?? [], met => Assert.True(report[test].Met.ContainsKey(met), $"No run of {test} came across {met}: it has shown nothing."));
    }
}
