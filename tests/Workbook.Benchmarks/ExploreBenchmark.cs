using System.Runtime;
using Workbook.Check;
using Workbook.KeyValue;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Benchmarks;

/// <summary>
/// Runs a second of a load of Raft's shape, for the simulator alone: on one core, by the processor's own clock, and explored on all cores by the wall's.
/// Then of the scenes themselves.
/// </summary>
internal static class ExploreBenchmark
{
    public static void Run()
    {
        Console.WriteLine($"five servers, three clients, 10 s of virtual time, crashes and partitions, five properties; {Environment.ProcessorCount} cores, "
            + $"{(GCSettings.IsServerGC ? "server" : "workstation")} GC");
        foreach (var (name, trace) in new[] { ("trace off", TraceLimit.Off), ("trace on", TraceLimit.Whole) })
        {
            OneCore(100, trace);
            var rounds = Enumerable.Range(0, 5).Select(_ => OneCore(200, trace)).OrderBy(round => round.PerSecond).ToList();
            Console.WriteLine($"  one core, {name,-10} {rounds[2].PerSecond,6:N0} runs a processor second ({rounds[0].PerSecond:N0} to {rounds[4].PerSecond:N0}), "
                + $"{rounds[2].Events:N0} events and {rounds[2].Bytes / 1e3:N0} kB a run, {1e9 / rounds[2].PerSecond / rounds[2].Events:N0} ns an event");
        }

        var explored = Enumerable.Range(0, 5)
            .Select(_ => Explore.Seeds(1000, seed => new SceneRun(null, ElectionLoad.Run(seed, TraceLimit.Off))).RunsPerSecond).Order().ToList();
        Console.WriteLine($"  explored, all cores  {explored[2],6:N0} runs/s ({explored[0]:N0} to {explored[4]:N0})");
        Console.WriteLine("the library's own Raft and store, all properties watched, 10,000 seeds of a scene");
        Scene("Chaos", schedule => RaftScenes.Chaos(schedule));
        Scene("Upheaval", schedule => RaftScenes.Upheaval(schedule));
        Scene("Workload", schedule => KeyValueScenes.Workload(schedule));
    }

    private static void Scene(string name, Func<Schedule, SceneRun> scene)
    {
        Explore.Seeds(500, scene);
        var found = Explore.Seeds(10_000, scene);
        Console.WriteLine($"  {name,-10} {found.RunsPerSecond,6:N0} runs/s, {found.Elapsed.TotalSeconds:N1} s, {found.Violations.Count} violations");
    }

    private static (double PerSecond, double Events, double Bytes) OneCore(int runs, TraceLimit trace)
    {
        var (events, bytes, before) = (0L, GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        for (var seed = 0; seed < runs; seed++) events += ElectionLoad.Run((ulong)seed, trace).Events;
        var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        return (runs / seconds, (double)events / runs, (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / runs);
    }
}
