using System.Diagnostics;
using System.Globalization;
using Workbook.Check;

namespace Workbook.Benchmarks;

/// <summary>
/// The linearizability checker and Porcupine (in Go) on the same histories, made from seeds: single-threaded and on all cores. For
/// each set the sum of the best times of its histories, and the slowest of them.
/// <c>linearizability [--porcupine FOLDER] [--runs 3]</c>; the folder holds Porcupine's Go sources, which are not ours to ship.
/// </summary>
internal static class LinearizabilityBenchmark
{
    private sealed record HistorySet(string Name, IReadOnlyList<List<LogLine>> Logs);

    private readonly record struct Timing(string Verdict, TimeSpan Time, long Steps = 0, long Situations = 0);

    public static int Run(string[] args)
    {
        var runs = int.Parse(Option(args, "--runs") ?? "3", CultureInfo.InvariantCulture);
        var limit = TimeSpan.FromSeconds(double.Parse(Option(args, "--limit") ?? "60", CultureInfo.InvariantCulture));
        var folder = Directory.CreateTempSubdirectory("linearizability-").FullName;
        try
        {
            var porcupine = Option(args, "--porcupine") is { } sources ? Porcupine.Build(folder, sources) : null;
            foreach (var set in Sets()) Compare(set, porcupine, folder, runs, limit);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<HistorySet> Sets() =>
    [
        new("102 like etcd's: 5 threads, 170 operations, few timeouts", [.. Seeds(102, seed => ClientLogs.Register(seed, 170, 0.08, seed % 4 == 0 ? 0.01 : 0))]),
        new("20 hard ones: 5 threads, 150 operations, many timeouts", [.. Seeds(20, seed => ClientLogs.Register(seed, 150, 0.2, 0.03))]),
        new("key/value: 50 clients, 5,000 operations, 10 keys", [.. Seeds(4, seed => ClientLogs.KeyValue(seed, 50, 5_000, seed % 2 == 0 ? 0 : 0.002))]),
    ];

    private static IEnumerable<T> Seeds<T>(int count, Func<ulong, T> make) => Enumerable.Range(0, count).Select(seed => make((ulong)seed));

    private static void Compare(HistorySet set, Porcupine? porcupine, string folder, int runs, TimeSpan limit)
    {
        var files = set.Logs.Select((log, index) =>
        {
            var file = Path.Combine(folder, $"{index:000}.txt");
            ClientLogs.Write(file, log);
            return file;
        }).ToList();
        var histories = set.Logs.Select(ClientLogs.ToHistory).ToList();
        Console.WriteLine(set.Name);
        foreach (var cores in new[] { 1, Environment.ProcessorCount })
        {
            WarmUp(histories, cores, limit);
            var ours = histories.Select(history => Ours(history, cores, runs, limit)).ToList();
            Print("Workbook", cores, ours);
            if (porcupine?.Run(files, cores, runs, limit) is not { } theirs) continue;
            Print("Porcupine", cores, [.. theirs.Select(timing => new Timing(timing.Verdict, timing.Time))]);
            for (var index = 0; index < files.Count; index++)
            {
                if (theirs[index].Verdict is var verdict && verdict != ours[index].Verdict)
                    Console.WriteLine($"  history {index}: Workbook says {ours[index].Verdict}, Porcupine says {verdict}");
            }
        }
    }

    private static void WarmUp(IReadOnlyList<History> histories, int cores, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(3))
        {
            foreach (var history in histories) history.IsLinearizable(limits: new SearchLimits { Time = limit, Workers = cores });
        }
    }

    private static Timing Ours(History history, int cores, int runs, TimeSpan limit)
    {
        var limits = new SearchLimits { Time = limit, Workers = cores };
        var found = history.IsLinearizable(limits: limits);
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < runs; run++)
        {
            var watch = Stopwatch.StartNew();
            found = history.IsLinearizable(limits: limits);
            if (watch.Elapsed < best) best = watch.Elapsed;
            if (best.TotalSeconds > 1) break;
        }

        return new(found.Verdict.ToString().ToLowerInvariant(), best, found.Steps, found.Situations);
    }

    private static void Print(string name, int cores, IReadOnlyList<Timing> timings)
    {
        var (sum, slowest) = (timings.Sum(timing => timing.Time.TotalMilliseconds), timings.MaxBy(timing => timing.Time));
        var verdicts = string.Join(", ", timings.GroupBy(timing => timing.Verdict).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}"));
        var steps = slowest.Steps == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $"; {timings.Sum(timing => timing.Steps):N0} steps, the slowest {slowest.Steps:N0} over {slowest.Situations:N0} situations, {slowest.Steps / slowest.Time.TotalSeconds / 1e6:N1} million a second");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-10} {cores} {(cores == 1 ? "core, " : "cores,")} {sum,10:N2} ms in all, slowest {slowest.Time.TotalMilliseconds,9:N2} ms ({verdicts}){steps}"));
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
