using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Raft;

/// <summary>What a server finds on its disk after a crash, and what it makes of a disk that fails.</summary>
public sealed class RaftDiskTests
{
    private static readonly NodeId S1 = "s1";

    private readonly Simulation _run = new(seed: 1);

    public RaftDiskTests()
    {
        var log = new RaftLog();
        log.Append(new LogEntry(4, "a"));
        log.Append(new LogEntry(5, "b"));
        var options = new RaftOptions { ElectionTimeoutMin = 100.Seconds(), ElectionTimeoutMax = 200.Seconds() };
        _run.Add(S1, () => new Replica(new RaftServer(["s1", "s2", "s3"], options, new RaftState(6, "s2", log)), new CommandList()));
    }

    private SimulatedDisk Disk => _run[S1].Disk;

    private RaftServer Server => (RaftServer)_run.Process<Replica>(S1).Raft;

    private string State => $"{Server.CurrentTerm} {Server.VotedFor} {Server.Log}";

    [Fact]
    public void Cutting_off_what_was_torn_outlasts_a_crash_at_any_point()
    {
        // Seeds decide what a crash leaves of a write that was not flushed; none may take what was there before.
        for (var seed = 1UL; seed <= 100; seed++)
        {
            var cluster = RaftCluster.WithLogs(["4 5", "4 5", "4 5"], seed);
            foreach (var server in cluster.Servers)
            {
                cluster.Run[server].Disk.Append("raft", [40, 0, 0, 0, 1, 2, 3]);
                cluster.Run[server].Disk.Flush();
                cluster.Crash(server).Restart(server).Crash(server).Restart(server);
                Assert.Equal("5 4 5", $"{cluster[server].CurrentTerm} {cluster[server].Log}");
            }
        }
    }

    [Fact]
    public void A_server_whose_journal_has_a_flipped_bit_halts_whichever_bit_it_is()
    {
        for (var bit = 0L; bit < Disk.Used * 8; bit++)
        {
            _run.Crash(S1);
            Disk.FlipBit("raft", bit);
            _run.Restart(S1);
            Assert.False(_run[S1].IsUp, $"It goes on with bit {bit} flipped.");
            Disk.FlipBit("raft", bit);
        }

        Assert.Contains(_run.Trace.Records, record => record.ToString().EndsWith("s1 fault halts: the journal is damaged at byte 0", StringComparison.Ordinal));
        _run.Restart(S1);
        Assert.Equal("6 s2 4 5", State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_server_that_cannot_write_what_it_would_promise_halts_and_promises_nothing(bool isFull)
    {
        var candidate = new Candidate();
        _run.Add("s2", () => candidate);
        if (isFull) Disk.Capacity = Disk.Used;
        else Disk.IsFailing = true;
        candidate.Ask(S1, new RequestVote(9, "s2", 9, 9, IsTransfer: true));
        _run.RunFor(1.Seconds());
        Assert.Equal((false, null), (_run[S1].IsUp, candidate.Heard));

        (Disk.Capacity, Disk.IsFailing) = (null, false);
        _run.Restart(S1);
        Assert.Equal("6 s2 4 5", State);
    }

    private sealed class Candidate : Process
    {
        public Message? Heard { get; private set; }

        public void Ask(NodeId server, Message message) => Send(server, message);

        protected override void Receive(Message message, Sender from) => Heard = message;
    }
}
