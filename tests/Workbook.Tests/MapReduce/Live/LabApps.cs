using Workbook.MapReduce;

namespace Workbook.Tests.MapReduce.Live;

/// <summary>
/// The lab's test applications, as jobs that <c>workbook node … --apps-from</c> loads from this assembly. They count words, and note
/// in a folder what they do; such side effects are just what a map function must not have (§2), and what a test needs.
/// </summary>
public static class LabApps
{
    /// <summary>Far more than another worker needs to come; only a test that fails waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Lab: mtiming. The first map of each worker ends when another worker's has begun.</summary>
    public static Job MapTiming(string folder) => Counting(
        line => AtFileStart(line, () => Meet(new LabNotes(folder))),
        _ => { });

    /// <summary>Lab: rtiming. The first reduce of each worker ends when another worker's has begun.</summary>
    public static Job ReduceTiming(string folder) => Counting(_ => { }, _ => Meet(new LabNotes(folder)));

    /// <summary>Lab: jobcount. Each map task leaves a note.</summary>
    public static Job JobCount(string folder) => Counting(
        line => AtFileStart(line, () => new LabNotes(folder).Add($"map {Path.GetFileName(line.File)}")),
        _ => { });

    /// <summary>Lab: early_exit. The word <c>slow</c> takes its time.</summary>
    public static Job EarlyExit { get; } = Counting(_ => { }, word =>
    {
        if (word == "slow") Thread.Sleep(700);
    });

    /// <summary>
    /// Lab: crash. Every task takes a while, so that workers die within it; the first to map <c>stall.txt</c> never comes back; the word
    /// <c>gate</c> waits until the test says that it kills no more.
    /// </summary>
    public static Job Crash(string folder) => Counting(
        line => AtFileStart(line, () =>
        {
            var notes = new LabNotes(folder);
            notes.Add($"map {Path.GetFileName(line.File)}");
            if (Path.GetFileName(line.File) == "stall.txt" && notes.IsFirst("stalled")) Thread.Sleep(Timeout.Infinite);
            Thread.Sleep(100);
        }),
        word =>
        {
            if (word == "gate") LabNotes.Wait(() => new LabNotes(folder).Has("open"), Patience);
            Thread.Sleep(5);
        });

    /// <summary>Lab: nocrash. What all of these give when nothing happens.</summary>
    public static Job NoCrash { get; } = Counting(_ => { }, _ => { });

    /// <summary>A map that throws.</summary>
    public static Job Broken { get; } = Counting(line => throw new FormatException($"no number in {line.Text}"), _ => { });

    private static Job Counting(Action<Line> inMap, Action<string> inReduce) => Job
        .Map((Line line, Emit<string, int> emit) =>
        {
            inMap(line);
            foreach (var word in line.Words()) emit(word, 1);
        })
        .Reduce((word, ones) =>
        {
            inReduce(word);
            return ones.Sum();
        });

    /// <summary>A map function is called for each line, the lab's for each file.</summary>
    private static void AtFileStart(Line line, Action action)
    {
        if (line.Offset == 0) action();
    }

    private static void Meet(LabNotes notes)
    {
        var me = $"{Environment.ProcessId}";
        if (notes.All().Contains($"begin {me}")) return;
        notes.Add($"begin {me}");
        LabNotes.Wait(() => notes.All().Any(note => note.StartsWith("begin ") && note != $"begin {me}"), Patience);
        notes.Add($"end {me}");
    }
}
