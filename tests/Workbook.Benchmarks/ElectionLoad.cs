using System.Buffers.Binary;
using Workbook.Sim;

namespace Workbook.Benchmarks;

/// <summary>
/// A load of Raft's shape, and nothing more: five servers elect a leader, who takes three clients' requests, appends them to its log and
/// disk, and copies them. Timers are set anew with every message, each entry is flushed, and five properties are watched.
/// It measures the simulator: it is no consensus protocol.
/// </summary>
internal static class ElectionLoad
{
    private static readonly NodeId[] Servers = ["s1", "s2", "s3", "s4", "s5"];

    private static readonly FaultProfile Faults = new() { Until = 8.Seconds(), CrashEvery = 10.Seconds(), PartitionEvery = 4.Seconds() };

    public static Simulation Run(ulong seed, TraceLimit trace)
    {
        var run = new Simulation(seed, new NetworkOptions { Loss = 0.01, Duplication = 0.01 }, trace);
        var servers = new Server?[Servers.Length];
        for (var index = 0; index < Servers.Length; index++)
        {
            var slot = index;
            run.Add(Servers[index], () => servers[slot] = new Server(Servers));
        }

        for (var client = 1; client <= 3; client++) run.Add($"c{client}", () => new Client(Servers));
        run.Always("one leader a term", () => Pairs(servers, (a, b) => !a.IsLeader || !b.IsLeader || a.Term != b.Term));
        run.Always("terms are counted", () => Each(servers, server => server.Term >= 0));
        run.Always("what is committed is in the log", () => Each(servers, server => server.Committed <= server.Length));
        run.Always("logs are no shorter than nothing", () => Each(servers, server => server.Length >= 0));
        run.Always("a leader has a log", () => Each(servers, server => !server.IsLeader || server.Length >= server.Committed));
        run.Plan(Faults.Draw(seed, Servers));
        return run.RunFor(10.Seconds());
    }

    private static bool Each(Server?[] servers, Func<Server, bool> holds)
    {
        foreach (var server in servers)
        {
            if (server is not null && !holds(server)) return false;
        }

        return true;
    }

    private static bool Pairs(Server?[] servers, Func<Server, Server, bool> holds)
    {
        for (var one = 0; one < servers.Length; one++)
        {
            for (var two = one + 1; two < servers.Length; two++)
            {
                if (servers[one] is { } a && servers[two] is { } b && !holds(a, b)) return false;
            }
        }

        return true;
    }

    private sealed record Vote(long Term) : Message;

    private sealed record Voted(long Term) : Message;

    private sealed record Entries(long Term, int From, int Count, int Committed) : Message;

    private sealed record Stored(long Term, int Length) : Message;

    private sealed record Put(long Number) : Message;

    private sealed record Done(long Number, bool Taken) : Message;

    private sealed class Server(NodeId[] all) : Process
    {
        private readonly Dictionary<NodeId, int> _stored = [];
        private readonly HashSet<NodeId> _votes = [];
        private readonly Queue<(int Index, Sender Client, long Number)> _waiting = [];
        private Alarm? _election;
        private bool _isCandidate;

        public long Term { get; private set; }

        public bool IsLeader { get; private set; }

        public int Length { get; private set; }

        public int Committed { get; private set; }

        protected override void Start()
        {
            Length = (Disk.Read("log")?.Length ?? 0) / 16;
            Term = Disk.Read("term") is { } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;
            WaitForLeader();
        }

        protected override void Receive(Message message, Sender from)
        {
            switch (message)
            {
                case Vote vote when vote.Term > Term:
                    Follow(vote.Term);
                    Send(from, new Voted(vote.Term));
                    break;
                case Voted voted when voted.Term == Term && _isCandidate && _votes.Add(from) && _votes.Count >= all.Length / 2:
                    Lead();
                    break;
                case Entries entries when entries.Term >= Term:
                    if (entries.Term > Term || IsLeader) Follow(entries.Term);
                    WaitForLeader();
                    Take(entries);
                    Send(from, new Stored(Term, Length));
                    break;
                case Stored stored when stored.Term == Term && IsLeader:
                    _stored[from] = stored.Length;
                    Commit();
                    break;
                case Put put:
                    Accept(put, from);
                    break;
            }
        }

        private void WaitForLeader()
        {
            _election?.Cancel();
            _election = After(Random.Next(150.Milliseconds(), 300.Milliseconds()), Stand, "election");
        }

        private void Stand()
        {
            SetTerm(Term + 1);
            (_isCandidate, IsLeader) = (true, false);
            _votes.Clear();
            Became($"candidate in term {Term}");
            WaitForLeader();
            foreach (var server in all)
            {
                if (server != Self) Send(server, new Vote(Term));
            }
        }

        private void Follow(long term)
        {
            SetTerm(term);
            (_isCandidate, IsLeader) = (false, false);
            _waiting.Clear();
            Became($"follower in term {Term}");
            WaitForLeader();
        }

        private void Lead()
        {
            (_isCandidate, IsLeader) = (false, true);
            _stored.Clear();
            Became($"leader of term {Term}");
            Beat(Term);
        }

        private void Beat(long term)
        {
            if (!IsLeader || term != Term) return;
            WaitForLeader();
            Copy();
            After(50.Milliseconds(), () => Beat(term));
        }

        private void Copy()
        {
            foreach (var server in all)
            {
                if (server == Self) continue;
                var from = Math.Min(_stored.GetValueOrDefault(server), Length);
                Send(server, new Entries(Term, from, Length - from, Committed));
            }
        }

        private void Take(Entries entries)
        {
            if (entries.From + entries.Count > Length) Store(entries.From + entries.Count - Length);
            Committed = Math.Max(Committed, Math.Min(entries.Committed, Length));
        }

        private void Store(int count)
        {
            Disk.Append("log", new byte[16 * count]);
            Disk.Flush();
            Length += count;
        }

        private void Accept(Put put, Sender client)
        {
            if (!IsLeader)
            {
                client.Reply(new Done(put.Number, false));
                return;
            }

            Store(1);
            _waiting.Enqueue((Length, client, put.Number));
            Copy();
        }

        private void Commit()
        {
            Span<int> lengths = stackalloc int[all.Length];
            for (var index = 0; index < all.Length; index++) lengths[index] = all[index] == Self ? Length : _stored.GetValueOrDefault(all[index]);
            lengths.Sort();
            if (lengths[all.Length / 2] <= Committed) return;
            Committed = Math.Min(lengths[all.Length / 2], Length);
            Note($"committed {Committed} of {Length} entries");
            while (_waiting.TryPeek(out var next) && next.Index <= Committed)
            {
                next.Client.Reply(new Done(next.Number, true));
                _waiting.Dequeue();
            }
        }

        private void SetTerm(long term)
        {
            Term = term;
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, term);
            Disk.Write("term", bytes);
            Disk.Flush();
        }
    }

    private sealed class Client(NodeId[] servers) : Process
    {
        protected override void Start() => Spawn(async () =>
        {
            var server = Random.Next(servers.Length);
            for (long number = 0; ; number++)
            {
                var done = await Call<Done>(servers[server], new Put(number), 100.Milliseconds());
                if (done is not { Taken: true }) server = (server + 1) % servers.Length;
                await Sleep(Random.Next(5.Milliseconds(), 75.Milliseconds()));
            }
        });

        protected override void Receive(Message message, Sender from)
        {
        }
    }
}
