using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Labs;

/// <summary>What a reader's Raft puts on the disk, and finds there again.</summary>
public sealed class PersistenceTests
{
    [Fact]
    public void What_was_persisted_is_there_after_a_crash_and_the_rest_is_not()
    {
        var run = Run(out var keeper);
        keeper().Save(new Kept(3, "s2", [new LogEntry(1, "x=1"), new LogEntry(3, "y", EntryKind.NoOp)]));
        keeper().Save(new Kept(4, null, [new LogEntry(1, "x=1")]));
        run.Crash("s1").Restart("s1");
        var back = keeper().Load<Kept>()!;
        Assert.Equal((4, null, "x=1"), (back.Term, back.VotedFor, Assert.Single(back.Log).Command));
        Assert.Equal(new NodeId("s2"), Reloaded(new Kept(3, "s2", []))!.VotedFor);
    }

    [Fact]
    public void Nothing_persisted_reads_as_nothing()
    {
        Run(out var keeper);
        Assert.Null(keeper().Load<Kept>());
        Assert.Null(keeper().LoadSnapshot());
        Assert.Equal(0, keeper().LogBytes);
    }

    [Fact]
    public void What_is_changed_later_in_memory_does_not_reach_the_disk()
    {
        Run(out var keeper);
        List<LogEntry> log = [new LogEntry(1, "x=1")];
        keeper().Save(new Kept(1, null, log));
        log.Clear();
        Assert.Single(keeper().Load<Kept>()!.Log);
        keeper().Load<Kept>()!.Log.Clear();
        Assert.Single(keeper().Load<Kept>()!.Log);
    }

    [Fact]
    public void A_snapshot_stays_until_there_is_another_and_counts_for_nothing_in_the_log()
    {
        var run = Run(out var keeper);
        keeper().Save(new Kept(1, null, []), "so far: “x”");
        run.Crash("s1").Restart("s1");
        keeper().Save(new Kept(2, null, []));
        run.Crash("s1").Restart("s1");
        Assert.Equal("so far: “x”", keeper().LoadSnapshot());
        Assert.Equal(2, keeper().Load<Kept>()!.Term);
        Assert.InRange(keeper().LogBytes, 10, 60);
        keeper().Save(new Kept(2, null, []), "");
        Assert.Equal("", keeper().LoadSnapshot());
    }

    [Fact]
    public void Records_dictionaries_and_tuples_come_back()
    {
        Run(out var keeper);
        keeper().Save((Term: 7L, Votes: new Dictionary<NodeId, long> { ["s2"] = 5 }));
        var (term, votes) = keeper().Load<(long, Dictionary<NodeId, long>)>();
        Assert.Equal((7, 5), (term, votes["s2"]));
    }

    [Theory]
    [InlineData(typeof(WithPrivateField), "_log")]
    [InlineData(typeof(WithGetOnly), "Term")]
    [InlineData(typeof(List<WithPrivateField>), "_log")]
    public void What_would_not_come_back_is_refused(Type type, string member)
    {
        Run(out var keeper);
        var save = typeof(Keeper).GetMethods().Single(method => method.Name == nameof(Keeper.Save) && method.GetParameters().Length == 1)
            .MakeGenericMethod(type);
        var refused = Assert.Throws<System.Reflection.TargetInvocationException>(() => save.Invoke(keeper(), [Activator.CreateInstance(type)])).InnerException!;
        Assert.Contains($"does not come back from the disk as it was: {member} is private, or cannot be set.", refused.Message);
    }

    private static Kept? Reloaded(Kept kept)
    {
        var run = Run(out var keeper);
        keeper().Save(kept);
        run.Crash("s1").Restart("s1");
        return keeper().Load<Kept>();
    }

    private static Simulation Run(out Func<Keeper> keeper)
    {
        var run = new Simulation(1);
        run.Add("s1", () => new Keeper());
        keeper = () => run.Process<Keeper>("s1");
        return run;
    }

    private sealed record Kept(long Term, NodeId? VotedFor, List<LogEntry> Log)
    {
        public int Length => Log.Count;
    }

    private sealed class WithPrivateField
    {
        private readonly List<string> _log = [];

        public long Term { get; set; }

        public int Count => _log.Count;
    }

    private sealed class WithGetOnly
    {
        public long Term { get; } = 3;
    }

    private sealed class Keeper : RaftPeer
    {
        public override (long Term, bool IsLeader) GetState() => (0, false);

        public override (long Index, long Term, bool IsLeader) Start(string command) => (0, 0, false);

        public void Save<T>(T state) => Persist(state);

        public void Save<T>(T state, string snapshot) => Persist(state, snapshot);

        public T? Load<T>() => ReadPersisted<T>();

        public string? LoadSnapshot() => ReadSnapshot();

        protected override void Receive(Message message, Sender from)
        {
        }
    }
}
