using System.Diagnostics;
using Workbook.Live;
using Workbook.Sim;
using SimProcess = Workbook.Sim.Process;

namespace Workbook.Benchmarks;

/// <summary>Calls and megabytes a second between two live nodes over loopback TCP, both in this process.</summary>
internal static class LiveBenchmark
{
    private const int Piece = 5_000_000;

    public static async Task Run()
    {
        using var stop = new CancellationTokenSource();
        using var server = new LiveNode(new LiveOptions());
        var serving = server.RunAsync(new Server(), stop.Token);
        Console.WriteLine("between two nodes over loopback TCP, best of 3");
        foreach (var callers in new[] { 1, 100 })
        {
            var rate = await BestOfThree(server.Self, callers, calls: 20_000 / (callers == 1 ? 4 : 1), bytes: 0);
            Console.WriteLine($"  {callers,3} at a time   {rate,9:N0} calls a second");
        }

        var pieces = await BestOfThree(server.Self, callers: 1, calls: 60, Piece);
        Console.WriteLine($"  fetching {Piece / 1_000_000} MB pieces, one at a time   {pieces * Piece / 1e6,6:N0} MB a second");
        stop.Cancel();
        await serving;
    }

    private static async Task<double> BestOfThree(NodeId server, int callers, int calls, int bytes)
    {
        var best = 0.0;
        for (var round = 0; round < 3; round++)
        {
            using var done = new CancellationTokenSource();
            using var node = new LiveNode(new LiveOptions());
            var client = new Client(server, callers, calls, bytes, done.Cancel);
            await node.RunAsync(client, done.Token);
            best = Math.Max(best, calls / client.Elapsed.TotalSeconds);
        }

        return best;
    }

    private sealed record Fetch(int Bytes) : Message;

    private sealed record FetchReply(ReadOnlyMemory<byte> Bytes) : Message;

    private sealed class Server : SimProcess
    {
        private readonly byte[] _bytes = new byte[Piece];

        protected override void Receive(Message message, Sender from)
        {
            if (message is Fetch fetch) from.Reply(new FetchReply(_bytes.AsMemory(0, fetch.Bytes)));
        }
    }

    private sealed class Client(NodeId server, int callers, int calls, int bytes, Action done) : SimProcess
    {
        public TimeSpan Elapsed { get; private set; }

        protected override void Start() => Spawn(async () =>
        {
            await Call<FetchReply>(server, new Fetch(bytes), 10.Seconds());
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
            {
                for (var call = 0; call < calls / callers; call++)
                {
                    var reply = await Call<FetchReply>(server, new Fetch(bytes), 10.Seconds());
                    Believe(reply!.Bytes.Length == bytes);
                }
            }));
            Elapsed = watch.Elapsed;
            done();
        });

        protected override void Receive(Message message, Sender from)
        {
        }
    }
}
