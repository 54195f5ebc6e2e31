using System.Runtime.CompilerServices;
using Workbook.Labs;

namespace Workbook.Tests.Labs;

/// <summary>
/// Lab 3 by the names of its tests, on the library's store, each from 200 seeds, with the properties of Figure 3 watched besides. A test that fails prints
/// what it saw, and the line that repeats it.
/// </summary>
public sealed class Lab3Tests
{
    private const string SecondLeader = "a second leader";
    private const string Partition = "a partition";

    [Fact]
    public void TestBasic() => IsPassed(Lab3.A);

    [Fact]
    public void TestSpeed() => IsPassed(Lab3.A);

    [Fact]
    public void TestConcurrent() => IsPassed(Lab3.A);

    [Fact]
    public void TestUnreliable() => IsPassed(Lab3.A);

    [Fact]
    public void TestUnreliableOneKey() => IsPassed(Lab3.A);

    [Fact]
    public void TestOnePartition() => IsPassed(Lab3.A, [Partition, SecondLeader]);

    [Fact]
    public void TestManyPartitionsOneClient() => IsPassed(Lab3.A, [Partition, SecondLeader]);

    [Fact]
    public void TestManyPartitionsManyClients() => IsPassed(Lab3.A, [Partition, SecondLeader]);

    [Fact]
    public void TestPersistOneClient() => IsPassed(Lab3.A, [SecondLeader]);

    [Fact]
    public void TestPersistConcurrent() => IsPassed(Lab3.A, [SecondLeader]);

    [Fact]
    public void TestPersistConcurrentUnreliable() => IsPassed(Lab3.A, [SecondLeader]);

    [Fact]
    public void TestPersistPartition() => IsPassed(Lab3.A, [Partition, SecondLeader]);

    [Fact]
    public void TestPersistPartitionUnreliable() => IsPassed(Lab3.A, [Partition, SecondLeader]);

    [Fact]
    public void TestPersistPartitionUnreliableLinearizable() => IsPassed(Lab3.A, [Partition, SecondLeader]);

    [Fact]
    public void TestSnapshotRPC() => IsPassed(Lab3.B, [Partition]);

    [Fact]
    public void TestSnapshotSize() => IsPassed(Lab3.B);

    [Fact]
    public void TestSpeed3B() => IsPassed(Lab3.B);

    [Fact]
    public void TestSnapshotRecover() => IsPassed(Lab3.B, [SecondLeader]);

    [Fact]
    public void TestSnapshotRecoverManyClients() => IsPassed(Lab3.B, [SecondLeader]);

    [Fact]
    public void TestSnapshotUnreliable() => IsPassed(Lab3.B);

    [Fact]
    public void TestSnapshotUnreliableRecover() => IsPassed(Lab3.B, [SecondLeader]);

    [Fact]
    public void TestSnapshotUnreliableRecoverConcurrentPartition() => IsPassed(Lab3.B, [Partition, SecondLeader]);

    [Fact]
    public void TestSnapshotUnreliableRecoverConcurrentPartitionLinearizable() => IsPassed(Lab3.B, [Partition, SecondLeader]);

    [Fact]
    public void There_are_the_23_tests_of_the_lab() => Assert.Equal([14, 9], [Lab3.A.Tests.Count, Lab3.B.Tests.Count]);

    private static void IsPassed(LabPart<LabStore> part, string[]? sometimes = null, [CallerMemberName] string test = "")
    {
        var report = part.Test(test).Explore(Seeds.Count(200), Figure3Watch.Required);
        Assert.True(report.Passed, report.ToString());
        Assert.All(sometimes ?? [], met => Assert.True(report[test].Met.ContainsKey(met), $"No run of {test} came across {met}: it has shown nothing."));
    }
}
