using System.Text;
using Workbook.MapReduce.Cluster;
using Workbook.Parts;
using Workbook.Sim;

namespace Workbook.MapReduce;

/// <summary>Checks the exercises of lecture 1. Each check says what is wrong, not just that something is.</summary>
public static class Exercise
{
    private static readonly InputFile[] Verses =
    [
        new("verse1", Encoding.UTF8.GetBytes("the map is not the territory\nthe word is not the thing\n")),
        new("verse2", Encoding.UTF8.GetBytes("a map may have a structure similar\nto the structure of the territory\n")),
    ];

    /// <summary>Exercise 1: for each word length, how many different words have it. One line a length, such as <c>3 6</c>.</summary>
    public static ExerciseResult CheckWordLengths(Job job) => CheckLines(
        job,
        Words().Distinct().GroupBy(word => word.Length).Select(words => $"{words.Key} {words.Count()}"),
        "Each length has its number of different words, also when a worker dies on the way.");

    /// <summary>Exercise 2: the mean length of the words that begin with each letter, with a combiner that may run any number of times.</summary>
    public static ExerciseResult CheckMeanLength(Job job)
    {
        var right = Words().GroupBy(word => word[..1]).ToDictionary(words => words.Key, words => words.Average(word => word.Length));
        // The same words, each split into more and more files: a combiner sees other groups each time, and the answer must not move.
        foreach (var files in (ReadOnlySpan<int>)[1, 2, 4])
        {
            var lines = Run(job, Spread(files)).Select(line => line.Split(' ')).ToList();
            foreach (var line in lines)
            {
                if (line.Length < 2 || !double.TryParse(line[1], System.Globalization.CultureInfo.InvariantCulture, out var mean))
                {
                    return ExerciseResult.NotYet($"The line “{string.Join(' ', line)}” should be a letter, a space and a number.");
                }

                if (!right.TryGetValue(line[0], out var wanted)) return ExerciseResult.NotYet($"No word begins with “{line[0]}”.");
                if (Math.Abs(mean - wanted) > 1e-6)
                {
                    return ExerciseResult.NotYet($"With the input in {files} files the mean for “{line[0]}” is {mean:0.####}; it is {wanted:0.####}. "
                        + "The mean of means is not the mean: what must travel so that any two partial results can be put together?");
                }
            }

            if (lines.Count != right.Count) return ExerciseResult.NotYet($"There are {lines.Count} letters in the output; {right.Count} begin a word.");
        }

        return ExerciseResult.Right("The means stay right however the input is split: sums and counts can be combined, means cannot.");
    }

    /// <summary>Exercise 3: how often map tasks run in all when the only worker that has finished maps dies before anyone fetched them.</summary>
    /// <param name="maps">How many maps it had finished, of how many in all.</param>
    /// <param name="total">M.</param>
    /// <param name="answer">The reader's answer.</param>
    public static ExerciseResult CheckExecutions(int maps, int total, int answer) => answer == maps + total
        ? ExerciseResult.Right($"All {total} run once, and the {maps} whose output went with the dead worker once more.")
        : answer == total
            ? ExerciseResult.NotYet("Where was the output of the finished maps? On the local disk of the worker that died.")
            : ExerciseResult.NotYet($"Count the executions that finished before the crash, and those that must finish after it. {answer} is not their sum.");

    private static ExerciseResult CheckLines(Job job, IEnumerable<string> right, string praise)
    {
        var wanted = right.Order(StringComparer.Ordinal).ToList();
        var got = Run(job, Verses).Order(StringComparer.Ordinal).ToList();
        if (wanted.Except(got).FirstOrDefault() is { } missing) return ExerciseResult.NotYet($"The line “{missing}” is missing; the output is: {string.Join(", ", got)}.");
        if (got.Except(wanted).FirstOrDefault() is { } extra) return ExerciseResult.NotYet($"The line “{extra}” is too much.");
        return ExerciseResult.Right(praise);
    }

    /// <summary>Runs the job on three workers of which one dies half-way: an answer that holds only while nothing fails is none.</summary>
    private static IReadOnlyList<string> Run(Job job, IReadOnlyList<InputFile> inputs)
    {
        var cluster = new MapReduceCluster(job, inputs).RunFor(1.2.Seconds()).Crash("w2").RunToEnd();
        return cluster.Status == "done" ? cluster.Lines : [cluster.Status];
    }

    private static IEnumerable<string> Words() => Verses
        .SelectMany(verse => Encoding.UTF8.GetString(verse.Bytes).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static IReadOnlyList<InputFile> Spread(int files) =>
        [.. Words().Chunk((Words().Count() + files - 1) / files)
            .Select((words, number) => new InputFile($"part{number}", Encoding.UTF8.GetBytes(string.Join(' ', words) + "\n")))];
}
