using System.Diagnostics;
using Workbook.Sim;
using SimProcess = Workbook.Sim.Process;

namespace Workbook.Benchmarks;

/// <summary>Delivered request/reply messages a second on one core, trace off and on; and memory over a long run.</summary>
internal static class SimBenchmark
{
    private const int Clients = 100;

    public static void Run()
    {
        Console.WriteLine("delivered request/reply messages a second, one core, median of 5 runs of 2,000,000 messages");
        foreach (var (name, limit) in new[]
        {
            ("trace off", TraceLimit.Off), ("trace on, newest 100,000 kept", TraceLimit.Newest(100_000)), ("trace on, all kept", TraceLimit.Whole),
        })
        {
            Measure(limit, 200_000);
            var rates = Enumerable.Range(0, 5).Select(_ => Measure(limit, 2_000_000)).Order().ToList();
            Console.WriteLine($"  {name,-32} {rates[2],12:N0}  ({rates[0]:N0} to {rates[4]:N0})");
        }

        Console.WriteLine("memory of a run whose trace keeps the newest 100,000, after each million messages");
        var run = Cluster(TraceLimit.Newest(100_000));
        for (var million = 1; million <= 10; million++)
        {
            RunUntilDelivered(run, million * 1_000_000L);
            Console.WriteLine($"  {million,2} M  {GC.GetTotalMemory(forceFullCollection: true) / 1e6,8:N1} MB");
        }
    }

    private static double Measure(TraceLimit limit, long messages)
    {
        var run = Cluster(limit);
        var watch = Stopwatch.StartNew();
        RunUntilDelivered(run, messages);
        return run.Network.Delivered / watch.Elapsed.TotalSeconds;
    }

    private static void RunUntilDelivered(Simulation run, long messages)
    {
        while (run.Network.Delivered < messages) run.RunFor(100.Milliseconds());
    }

    private static Simulation Cluster(TraceLimit limit)
    {
        var run = new Simulation(1, trace: limit);
        run.Add("server", () => new Server());
        for (var client = 0; client < Clients; client++) run.Add($"c{client}", () => new Client());
        return run;
    }

    private sealed record Request(long Number) : Message;

    private sealed record Reply(long Number) : Message;

    private sealed class Server : SimProcess
    {
        protected override void Receive(Message message, Sender from)
        {
            if (message is Request request) from.Reply(new Reply(request.Number));
        }
    }

    private sealed class Client : SimProcess
    {
        protected override void Start() => Spawn(async () =>
        {
            for (long number = 0; ; number++)
            {
                var reply = await Call<Reply>("server", new Request(number), 1.Seconds());
                Believe(reply!.Number == number);
            }
        });

        protected override void Receive(Message message, Sender from)
        {
        }
    }
}
