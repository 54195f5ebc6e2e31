using System.Diagnostics;
using System.Globalization;
using Workbook.MapReduce;

namespace Workbook.Benchmarks;

/// <summary>
/// Word count of one Zipf text, output files included, by our real engine and by others on the same machine: every contestant in
/// turn, again and again, because a machine's speed drifts; the table shows medians. All answers are compared.
/// <c>wordcount [--size 200MB] [--runs 5] [--memory]</c>; <c>--memory</c> runs ours alone and says how much memory it took.
/// </summary>
internal static class WordCountBenchmark
{
    private sealed record Contestant(string Name, Func<string, string, Taken> Run);

    public static int Run(string[] args)
    {
        var size = SizeOf(Option(args, "--size") ?? (args.Contains("--memory") ? "4GB" : "200MB"));
        var runs = int.Parse(Option(args, "--runs") ?? "5", CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("word-count-").FullName;
        try
        {
            Console.WriteLine($"Writing {size / 1e6:N0} MB of Zipf text, 100,000 words, seed 1 …");
            var input = ZipfText.Write(Path.Combine(folder, "input.txt"), size);
            if (args.Contains("--memory"))
                Memory(input, folder);
            else
                Compare(input, folder, runs);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Memory(string input, string folder)
    {
        var result = Jobs.WordCount.Run([input], Path.Combine(folder, "out"));
        Console.WriteLine(result);
        Console.WriteLine($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB");
    }

    private static void Compare(string input, string folder, int runs)
    {
        var contestants = new List<Contestant>
        {
            new($"Workbook, {Environment.ProcessorCount} cores", (file, output) => Ours(Jobs.WordCount, file, output, workers: null)),
            new("Workbook, 1 core", (file, output) => Ours(Jobs.WordCount, file, output, workers: 1)),
            new("Workbook, string keys, no combiner", (file, output) => Ours(StringKeys, file, output, workers: null)),
            new("PLINQ GroupBy", Plinq),
        };
        if (DuckDb.Install(folder) is { } duckDb)
            contestants.Insert(1, new("DuckDB", duckDb.Run));

        var taken = contestants.ToDictionary(contestant => contestant.Name, _ => new List<Taken>());
        string? answer = null;
        for (var run = 0; run <= runs; run++)
            foreach (var contestant in contestants)
            {
                var output = Path.Combine(folder, "output");
                var once = contestant.Run(input, output);
                var lines = SortedLines(output);
                answer ??= lines;
                if (lines != answer)
                    throw new InvalidOperationException($"{contestant.Name} counted something else than {contestants[0].Name}.");
                Console.WriteLine($"{(run == 0 ? "warm-up" : $"run {run}")}: {contestant.Name}: {once.Seconds:0.00} s");
                if (run > 0)
                    taken[contestant.Name].Add(once);
            }

        Print(contestants.Select(contestant => (contestant.Name, Median(taken[contestant.Name]))).ToList(), new FileInfo(input).Length / 1e6, runs);
    }

    private static void Print(List<(string Name, Taken Taken)> medians, double megabytes, int runs)
    {
        Console.WriteLine();
        Console.WriteLine($"| word count of {megabytes:N0} MB, medians of {runs} | s | MB/s | processors' s | {medians[0].Name} is faster by |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var (name, (seconds, processors)) in medians)
            Console.WriteLine($"| {name} | {seconds:0.00} | {megabytes / seconds:0} | {processors:0.00} | {seconds / medians[0].Taken.Seconds:0.0} × |");
    }

    private static Job StringKeys { get; } = Job
        .Map((Line line, Emit<string, int> emit) =>
        {
            foreach (var word in line.Words())
                emit(word, 1);
        })
        .Reduce((_, ones) => ones.Sum());

    private static Taken Ours(Job job, string input, string output, int? workers) =>
        Taken.By(() => job.Run([input], output, reducers: 8, new RunOptions { Workers = workers }));

    private static Taken Plinq(string input, string output) => Taken.By(() =>
    {
        var counts = File.ReadLines(input)
            .AsParallel()
            .SelectMany(line => line.Split(' '))
            .GroupBy(word => word)
            .Select(group => $"{group.Key} {group.Count()}");
        File.WriteAllLines(output, counts);
    });

    /// <summary>All lines of an output file, or of all files of an output folder, which is then removed.</summary>
    private static string SortedLines(string output)
    {
        var files = Directory.Exists(output) ? Directory.GetFiles(output) : [output];
        var lines = string.Join('\n', files.SelectMany(file => File.ReadLines(file)).Order(StringComparer.Ordinal));
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        else
            File.Delete(output);
        return lines;
    }

    private static Taken Median(List<Taken> values) => values.OrderBy(taken => taken.Seconds).ElementAt(values.Count / 2);

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    private static long SizeOf(string text) => text.ToUpperInvariant() switch
    {
        [.. var number, 'G', 'B'] => (long)(double.Parse(number, CultureInfo.InvariantCulture) * 1e9),
        [.. var number, 'M', 'B'] => (long)(double.Parse(number, CultureInfo.InvariantCulture) * 1e6),
        var bytes => long.Parse(bytes, CultureInfo.InvariantCulture),
    };
}

/// <summary>How long something took.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="ProcessorSeconds">Of all processors' time: on a machine that others use too, the steadier of the two.</param>
internal readonly record struct Taken(double Seconds, double ProcessorSeconds)
{
    public static Taken By(Action action)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        action();
        return new Taken(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}
