using System.Text;
using Workbook.Check;
using Workbook.Sim;

namespace Workbook.MapReduce.Cluster;

/// <summary>Runs that show what each of MapReduce's precautions is for.</summary>
public static class MapReduceScenes
{
    private static readonly TimeSpan Deadline = 2.Minutes();

    private static readonly string[] Words = ["a", "b", "c", "d", "e", "f", "g", "h"];

    /// <summary>The notes' three inputs: <c>a b</c>, <c>b</c> and <c>a c</c>.</summary>
    public static IReadOnlyList<InputFile> ThreeInputs => [Text("input1", "a b\n"), Text("input2", "b\n"), Text("input3", "a c\n")];

    /// <summary>Word count, written as the lecture writes it: no combiner.</summary>
    public static Job Count { get; } = Job
        .Map((Line line, Emit<string, int> emit) =>
        {
            foreach (var word in line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) emit(word, 1);
        })
        .Reduce((_, ones) => ones.Sum());

    /// <summary>
    /// Counts words on three to five workers that crash, come back, are cut off for a while, and of which one may be slow, all drawn from
    /// the seed. Broken when the output is not the sequential program's, or the job is not done two minutes later.
    /// </summary>
    public static SceneRun WordCount(ulong seed, MapReduceRules? rules = null)
    {
        var random = new Rng(seed).Fork("scene");
        var workers = random.Next(3, 6);
        NodeId[] nodes = [.. Enumerable.Range(1, workers).Select(number => new NodeId($"w{number}"))];
        var profile = new FaultProfile
        {
            Until = 15.Seconds(),
            CrashEvery = 8.Seconds(),
            RestartAfter = random.Chance(0.5) ? 2.Seconds() : 30.Seconds(),
            PartitionEvery = 8.Seconds(),
            PartitionFor = 4.Seconds(),
        };
        return WordCount(seed, rules ?? MapReduceRules.All, profile.Draw(seed, nodes));
    }

    /// <summary>
    /// A map function that is not a function: what it emits depends on how often it has run. Each input line gets one lot, sent to every reducer;
    /// when the map runs again between two reducers' fetches, they see different lots, as if the input had been two things at once (§3.3).
    /// </summary>
    /// <param name="seed">Decides the run.</param>
    /// <param name="deterministic">Off: the map looks at state outside its arguments.</param>
    public static SceneRun Lots(ulong seed, bool deterministic = true)
    {
        var executions = 0;
        var job = Job
            .Map((Line line, Emit<string, int> emit) =>
            {
                var lot = deterministic ? line.Text.Length : ++executions;
                for (var copy = 0; copy < 4; copy++) emit($"{line.File}-copy{copy}", lot);
            })
            .PartitionBy((key, reducers) => (key[^1] - '0') % reducers)
            .Reduce((_, lots) => lots.First());
        return WithFaults(DrawFaults(seed), faults => Judge(Cluster(job, Inputs(seed), seed, MapReduceRules.All, reducers: 2), faults, DifferentLots));
    }

    /// <summary>
    /// Mean word length by first letter, with a combiner that is associative (sum and count) or is not (the mean of means). No machine fails;
    /// the combiner alone makes it wrong (§4.3).
    /// </summary>
    /// <param name="seed">Decides the input.</param>
    /// <param name="associative">Off: combines means into a mean.</param>
    public static SceneRun MeanLength(ulong seed, bool associative = true)
    {
        var job = associative
            ? (Job)Job.Map((Line line, Emit<string, (long, long)> emit) => EmitLengths(line, (key, length) => emit(key, (length, 1))))
                .Combine((a, b) => (a.Item1 + b.Item1, a.Item2 + b.Item2))
                .Reduce((_, pairs) => Mean(pairs.Aggregate((a, b) => (a.Item1 + b.Item1, a.Item2 + b.Item2))))
            : Job.Map((Line line, Emit<string, double> emit) => EmitLengths(line, (key, length) => emit(key, length)))
                .Combine((a, b) => (a + b) / 2)
                .Reduce((_, means) => Math.Round(means.Average(), 6));
        return Judge(Cluster(job, Inputs(seed, wordsPerFile: 12), seed, MapReduceRules.All, reducers: 2), [], cluster => cluster.Difference());
    }

    private static SceneRun WordCount(ulong seed, MapReduceRules rules, IReadOnlyList<PlannedFault> faults) =>
        WithFaults(faults, planned => Judge(
            Cluster(Count, Inputs(seed), seed, rules, reducers: 2), planned, cluster => KeyInTwoFiles(cluster) ?? cluster.Difference()));

    private static SceneRun WithFaults(IReadOnlyList<PlannedFault> faults, Func<IReadOnlyList<PlannedFault>, SceneRun> scene) =>
        scene(faults) with { WithFaults = thinner => WithFaults(thinner, scene) };

    private static IReadOnlyList<PlannedFault> DrawFaults(ulong seed) =>
        new FaultProfile { Until = 15.Seconds(), CrashEvery = 5.Seconds(), RestartAfter = 1.Seconds() }.Draw(seed, ["w1", "w2", "w3"]);

    private static MapReduceCluster Cluster(Job job, IReadOnlyList<InputFile> inputs, ulong seed, MapReduceRules rules, int reducers)
    {
        var random = new Rng(seed).Fork("cluster");
        return new MapReduceCluster(job, inputs, seed, new ClusterOptions
        {
            Workers = new Rng(seed).Fork("scene").Next(3, 6),
            Reducers = reducers,
            Rules = rules,
            Slowness = [.. Enumerable.Range(0, 5).Select(_ => random.Chance(0.2) ? 6.0 : 1.0)],
        });
    }

    private static SceneRun Judge(MapReduceCluster cluster, IReadOnlyList<PlannedFault> faults, Func<MapReduceCluster, string?> difference)
    {
        cluster.Run.Plan(faults);
        cluster.RunToEnd(Deadline);
        var violation = cluster.Status switch
        {
            "done" => difference(cluster),
            "running" => $"The job is not done after {Deadline.TotalMinutes:0} minutes: {Waiting(cluster)}.",
            var failed => $"The job {failed}.",
        };
        return new SceneRun(violation, cluster.Run) { Faults = faults, Met = [.. Met(cluster)] };
    }

    private static string Waiting(MapReduceCluster cluster) =>
        $"{cluster.Coordinator.MapsDone} maps count as done, {cluster.Coordinator.ReducesDone} reduces are";

    private static IEnumerable<string> Met(MapReduceCluster cluster)
    {
        foreach (var attempt in cluster.Coordinator.Attempts)
        {
            if (attempt.IsBackup) yield return $"a backup of a {attempt.Kind} task".ToLowerInvariant();
            if (attempt.Outcome == AttemptOutcome.TooLate) yield return $"a {attempt.Kind} task finished twice".ToLowerInvariant();
            if (attempt.Outcome == AttemptOutcome.Lost) yield return $"a worker died during a {attempt.Kind}".ToLowerInvariant();
            if (attempt.Outcome == AttemptOutcome.OutputLost) yield return "a finished map's output was lost";
        }
    }

    private static string? KeyInTwoFiles(MapReduceCluster cluster)
    {
        var seen = new Dictionary<string, int>();
        for (var reduce = 0; reduce < cluster.Output.Count; reduce++)
        {
            foreach (var line in Encoding.UTF8.GetString(cluster.Output[reduce] ?? []).Split('\n')[..^1])
            {
                var key = line.Split(' ')[0];
                if (seen.TryGetValue(key, out var other) && other != reduce) return $"The key {key} is in mr-out-{other} and in mr-out-{reduce}.";
                seen[key] = reduce;
            }
        }

        return null;
    }

    /// <summary>All copies of one line must have drawn the same lot.</summary>
    private static string? DifferentLots(MapReduceCluster cluster)
    {
        var lots = cluster.Lines.Select(line => line.Split('-', ' ')).GroupBy(parts => parts[0], parts => parts[^1]);
        return lots.FirstOrDefault(line => line.Distinct().Count() > 1) is { } mixed
            ? $"The copies of “{mixed.Key}” have different lots: {string.Join(", ", mixed)}. Reducers saw different runs of one map."
            : null;
    }

    private static void EmitLengths(Line line, Action<string, long> emit)
    {
        foreach (var word in line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) emit(word[..1], word.Length);
    }

    private static double Mean((long Sum, long Count) pair) => Math.Round((double)pair.Sum / pair.Count, 6);

    private static IReadOnlyList<InputFile> Inputs(ulong seed, int wordsPerFile = 4)
    {
        var random = new Rng(seed).Fork("inputs");
        return [.. Enumerable.Range(1, 4).Select(file => Text($"input{file}", Line(random, wordsPerFile)))];
    }

    private static string Line(Rng random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => random.Pick(Words) + new string('x', random.Next(words > 4 ? 6 : 1)))) + "\n";

    private static InputFile Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
