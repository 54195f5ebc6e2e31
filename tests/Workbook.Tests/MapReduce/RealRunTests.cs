using Workbook.MapReduce;
using static Workbook.Tests.MapReduce.MapReduceInputs;

namespace Workbook.Tests.MapReduce;

public sealed class RealRunTests
{
    [Fact]
    public void The_output_is_files_mr_out_0_to_R_minus_1_and_nothing_else_is_left()
    {
        using var folder = new Folder();
        var input = folder.Write("in.txt", "a b\nb\na c\n");

        var result = Jobs.WordCount.Run([input], folder.Output, reducers: 3);

        Assert.Equal(["mr-out-0", "mr-out-1", "mr-out-2"], Directory.GetFiles(folder.Output).Select(Path.GetFileName).Order());
        Assert.Equal(["a 2", "b 2", "c 1"], result.Lines().Order());
        Assert.Empty(folder.Others("in.txt", "out"));
    }

    [Fact]
    public void Every_task_is_in_the_result_with_its_worker_and_its_times()
    {
        using var folder = new Folder();
        var input = folder.Write("in.txt", Zipf("z", 40_000, 100, 1).Bytes);

        var result = Jobs.WordCount.Run([input], folder.Output, reducers: 3, new RunOptions { SplitSize = 10_000, Workers = 2 });

        var maps = result.Tasks.Where(task => task.Kind == TaskKind.Map).ToList();
        var reduces = result.Tasks.Where(task => task.Kind == TaskKind.Reduce).ToList();
        Assert.Equal(Enumerable.Range(0, 4), maps.Select(task => task.Number).Order());
        Assert.Equal(Enumerable.Range(0, 3), reduces.Select(task => task.Number).Order());
        Assert.All(result.Tasks, task => Assert.InRange(task.Worker, 0, 1));
        Assert.All(result.Tasks, task => Assert.True(task.Start <= task.End && task.End <= result.Elapsed));
        Assert.True(maps.Max(task => task.End) <= reduces.Min(task => task.Start), "a reduce task began before all map tasks were done");
        Assert.Equal(new FileInfo(input).Length, result.Maps.BytesIn);
        Assert.Equal(result.Files.Sum(file => new FileInfo(file).Length), result.Reduces.BytesOut);
        Assert.Contains("4 map tasks", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_output_folder_the_output_is_temporary()
    {
        using var folder = new Folder();
        var input = folder.Write("in.txt", "a b\nb");

        var first = Jobs.WordCount.Run([input], reducers: 1);
        var second = Jobs.WordCount.Run([input], reducers: 1);

        Assert.NotEqual(first.Folder, second.Folder);
        Assert.Equal(["a 1", "b 2"], second.Lines());
        Assert.Empty(folder.Others("in.txt"));
    }

    [Fact]
    public void Progress_ends_with_all_tasks_done()
    {
        using var folder = new Folder();
        var input = folder.Write("in.txt", Zipf("z", 40_000, 100, 1).Bytes);
        var seen = new List<JobProgress>();

        Jobs.WordCount.Run([input], folder.Output, 3, new RunOptions { SplitSize = 10_000, Progress = new Recorder(seen) });

        Assert.Equal(7, seen.Count);
        Assert.Equal((4, 4, 3, 3), (seen[^1].MapsDone, seen[^1].Maps, seen[^1].ReducesDone, seen[^1].Reduces));
        Assert.Equal(seen[^1].InputBytes, seen[^1].BytesRead);
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.MapsDone + pair.First.ReducesDone + 1 == pair.Second.MapsDone + pair.Second.ReducesDone));
    }

    [Fact]
    public void A_small_file_is_a_task_of_its_own_but_thousands_share_tasks()
    {
        using var folder = new Folder();
        var few = Enumerable.Range(0, 8).Select(i => folder.Write($"{i}.txt", $"word{i} common\n")).ToList();
        Assert.Equal(8, Jobs.WordCount.Run(few).Tasks.Count(task => task.Kind == TaskKind.Map));

        var many = Enumerable.Range(0, 1200).Select(i => folder.Write($"many-{i}.txt", $"common {(char)('a' + (i % 26))}\n")).ToList();
        var result = Jobs.WordCount.Run(many);

        Assert.True(result.Tasks.Count(task => task.Kind == TaskKind.Map) < 20);
        Assert.Contains("common 1200", result.Lines());
        Assert.Null(result.DifferenceFrom(Jobs.WordCount.RunSequentially(many)));
    }

    [Fact]
    public void More_map_tasks_than_a_merge_can_take_at_once_are_merged_in_rounds()
    {
        using var folder = new Folder();
        var input = folder.Write("in.txt", Zipf("z", 30_000, 200, 1).Bytes);
        var inOrder = Job.Map((Line line, Emit<int, long> emit) => emit((int)(line.Offset % 3), line.Offset)).Reduce((_, offsets) => string.Join(',', offsets));

        var result = inOrder.Run([input], folder.Output, 2, new RunOptions { SplitSize = 80 });

        Assert.True(result.Tasks.Count(task => task.Kind == TaskKind.Map) > 128);
        Assert.Null(result.DifferenceFrom(inOrder.RunSequentially([input], 2)));
        Assert.Empty(folder.Others("in.txt", "out"));
    }

    [Fact]
    public void Sort_samples_the_keys_and_gives_equal_parts()
    {
        using var folder = new Folder();
        var input = folder.Write("in.txt", Zipf("z", 200_000, 5_000, 9).Bytes);

        var job = Jobs.Sort(KeyRanges.Sample([input], reducers: 4));
        var result = job.Run([input], folder.Output, 4);

        Assert.Equal(File.ReadLines(input).OrderBy(line => line[..Math.Min(10, line.Length)], StringComparer.Ordinal), result.Lines());
        Assert.All(result.Files, file => Assert.InRange(new FileInfo(file).Length, 20_000, 80_000));
    }

    /// <summary>Reports at once; <see cref="Progress{T}"/> would report later, on another thread.</summary>
    private sealed class Recorder(List<JobProgress> seen) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => seen.Add(value);
    }
}
