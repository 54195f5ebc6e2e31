using Workbook.MapReduce.Tasks;

namespace Workbook.MapReduce.Real;

/// <summary>
/// Map and reduce tasks over files. Intermediate files are named as in the lab: map task M writes <c>mr-M-R</c> for each reduce
/// task R; reduce task R writes <c>mr-out-R</c>. A file gets its name when it is whole, by a rename: whoever sees it sees all of it (§3.3).
/// </summary>
internal static class DiskTasks
{
    /// <summary>How many files a merge reads at once. With more than that, neighbours are merged into one first.</summary>
    private const int MergeWidth = 128;

    /// <summary>Runs map task <paramref name="number"/> over its splits.</summary>
    /// <param name="job">The job.</param>
    /// <param name="number">M.</param>
    /// <param name="splits">The task's part of the input.</param>
    /// <param name="folder">Where intermediate files go.</param>
    /// <param name="settings">Memory and so on.</param>
    /// <param name="buffer">Room for a split, kept from task to task; made larger when it must be.</param>
    public static TaskCounters Map(
        Job job, int number, IReadOnlyList<Split> splits, string folder, MapTaskSettings settings, ref byte[] buffer)
    {
        var spills = 0;
        using var task = job.StartMapTask(settings with
        {
            CreateSpill = () => Temporary(Path.Combine(folder, $"mr-{number}-spill-{spills++}")),
            LinesBefore = InputFiles.LinesBefore,
        });
        foreach (var split in splits)
        {
            var length = FitInto(ref buffer, split);
            InputFiles.Read(split, buffer.AsSpan(0, length));
            task.Map(split, buffer.AsMemory(0, length));
        }

        var counters = task.Finish(r => File.Create(Temporary(folder, number, r)));
        for (var r = 0; r < settings.Reducers; r++)
            File.Move(Temporary(folder, number, r), Intermediate(folder, number, r), overwrite: true);
        return counters;
    }

    /// <summary>
    /// Runs reduce task <paramref name="number"/> over the files that map tasks 0 to <paramref name="maps"/> − 1 made for it.
    /// </summary>
    public static TaskCounters Reduce(Job job, int number, int maps, string folder, string output, CancellationToken cancel)
    {
        var files = Enumerable.Range(0, maps).Select(m => Intermediate(folder, m, number)).ToList();
        for (var round = 0; files.Count > MergeWidth; round++)
            files = [.. files.Chunk(MergeWidth).Select((group, i) => MergeFiles(job, group, Path.Combine(folder, $"mr-merged-{round}-{i}-{number}")))];

        var temporary = Path.Combine(output, $"mr-out-{number}.{Guid.NewGuid():N}");
        TaskCounters counters;
        using (var file = File.Create(temporary))
            counters = OverFiles(files, segments => job.Reduce(segments, file, cancel));
        File.Move(temporary, Path.Combine(output, $"mr-out-{number}"), overwrite: true);
        return counters;
    }

    /// <summary>Removes the files that map tasks made for a reduce task, when it is done.</summary>
    public static void RemoveIntermediate(int number, int maps, string folder)
    {
        for (var m = 0; m < maps; m++)
            File.Delete(Intermediate(folder, m, number));
        foreach (var merged in Directory.EnumerateFiles(folder, $"mr-merged-*-{number}"))
            File.Delete(merged);
    }

    private static string MergeFiles(Job job, IReadOnlyList<string> files, string merged)
    {
        using var file = File.Create(merged);
        OverFiles(files, segments =>
        {
            job.Merge(segments, file);
            return 0;
        });
        return merged;
    }

    private static T OverFiles<T>(IReadOnlyList<string> files, Func<IReadOnlyList<Segment>, T> use)
    {
        var streams = new List<FileStream>();
        try
        {
            // The reader has a window of its own: a second buffer would only be one more copy.
            streams.AddRange(files.Select(file => new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0)));
            return use([.. streams.Select(stream => new Segment(stream, stream.Length))]);
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }

    private static int FitInto(ref byte[] buffer, Split split)
    {
        // A few bytes more than the split, so that its last words too are found a whole block at a time.
        const int slack = 64;
        if (split.Length > Array.MaxLength - slack)
            throw new MapReduceException($"A line of {split.File} that begins near byte {split.Offset} is longer than 2 GB, which is more than a map task can take.");
        if (buffer.Length < split.Length + slack)
            buffer = GC.AllocateUninitializedArray<byte>((int)split.Length + slack);
        return (int)split.Length;
    }

    private static FileStream Temporary(string path) =>
        new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);

    private static string Temporary(string folder, int map, int reduce) => Path.Combine(folder, $"mr-{map}-{reduce}.temporary");

    private static string Intermediate(string folder, int map, int reduce) => Path.Combine(folder, $"mr-{map}-{reduce}");
}
