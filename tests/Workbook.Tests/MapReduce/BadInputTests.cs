using Workbook.MapReduce;
using static Workbook.Tests.MapReduce.MapReduceInputs;

namespace Workbook.Tests.MapReduce;

/// <summary>What people get wrong: each gets one sentence, and nothing is lost or left behind.</summary>
public sealed class BadInputTests
{
    private static readonly Job Words = Jobs.WordCount;

    [Fact]
    public void A_missing_input_file_is_named_before_anything_is_written()
    {
        using var folder = new Folder();
        var there = folder.Write("there.txt", "a");

        Assert.StartsWith($"There is no input file {folder.Path}/no.txt", Refused(() => Words.Run([there, $"{folder.Path}/no.txt"], folder.Output)).Message, StringComparison.Ordinal);
        Assert.StartsWith("There is no input file ", Refused(() => Words.RunSequentially([$"{folder.Path}/no/such.txt"])).Message, StringComparison.Ordinal);
        Assert.StartsWith($"The input {folder.Path} is a folder; name the files in it", Refused(() => Words.Run([folder.Path], folder.Output)).Message, StringComparison.Ordinal);
        Assert.StartsWith("The input file a\0b cannot be read", Refused(() => Words.Run(["a\0b"], folder.Output)).Message, StringComparison.Ordinal);
        Assert.Empty(folder.Others("there.txt"));
    }

    [Fact]
    public void An_unreadable_input_file_is_named()
    {
        using var folder = new Folder();
        var file = folder.Write("secret.txt", "a");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.None);
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "This user may read every file.");

        Assert.StartsWith($"The input file {file} cannot be read: ", Refused(() => Words.Run([file], folder.Output)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_zero_are_refused()
    {
        using var folder = new Folder();
        var file = folder.Write("in.txt", "a");

        Assert.Equal("A job needs at least 1 reduce task; it was given 0.", Refused(() => Words.Run([file], folder.Output, reducers: 0)).Message);
        Assert.Equal("A job needs at least 1 reduce task; it was given 0.", Refused(() => Words.RunMapTask(Split.Whole("f", 1), new byte[1], 0)).Message);
        Assert.Equal("A job needs at least 1 reduce task; it was given -1.", Refused(() => Words.RunSequentially([file], reducers: -1)).Message);
        Assert.Equal("A split of 0 bytes can hold nothing: choose a split size of 1 byte or more.", Refused(() => Words.Run([file], folder.Output, 1, new RunOptions { SplitSize = 0 })).Message);
        Assert.Equal("A job needs at least 1 worker; it was given 0.", Refused(() => Words.Run([file], folder.Output, 1, new RunOptions { Workers = 0 })).Message);
        Assert.Equal("A map task cannot do with 10 bytes of memory: give it 16,384 or more.", Refused(() => Words.Run([file], folder.Output, 1, new RunOptions { TaskMemory = 10 })).Message);
        Assert.Equal("The job was given no input files; name at least one.", Refused(() => Words.Run([], folder.Output)).Message);
        Assert.Empty(folder.Others("in.txt"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1L)]
    [InlineData(30L)]
    public void A_map_function_that_throws_is_reported_with_file_and_line(long? splitSize)
    {
        using var folder = new Folder();
        var good = folder.Write("good.txt", "1\n2\n");
        var bad = folder.Write("bad.txt", string.Concat(Enumerable.Range(1, 20).Select(i => i == 13 ? "thirteen\r\n" : $"{i}\n")));
        var parse = Job.Map((Line line, Emit<int, int> emit) => emit(int.Parse(line.Text), 1)).Reduce((_, ones) => ones.Sum());

        var refused = Refused(() => parse.Run([good, bad], folder.Output, 2, new RunOptions { SplitSize = splitSize }));

        Assert.Equal($"The map function failed on line 13 of {bad}, 'thirteen': FormatException: The input string 'thirteen' was not in a correct format.", refused.Message);
        Assert.Equal((bad, 13L), (refused.File, refused.LineNumber));
        Assert.IsType<FormatException>(refused.InnerException);
        Assert.Empty(folder.Others("good.txt", "bad.txt"));
    }

    [Fact]
    public void A_reduce_function_that_throws_is_reported_with_its_key()
    {
        using var folder = new Folder();
        var file = folder.Write("in.txt", "a b c");
        var job = Job.Map((Line line, Emit<string, int> emit) => { foreach (var word in line.Words()) emit(word, 0); })
                     .Reduce((word, zeros) => word == "b" ? 1 / zeros.Sum() : 1);

        var refused = Refused(() => job.Run([file], folder.Output));

        Assert.Equal("The reduce function failed on the key 'b': DivideByZeroException: Attempted to divide by zero.", refused.Message);
        Assert.Equal("b", refused.Key);
        Assert.Empty(folder.Others("in.txt"));
    }

    [Fact]
    public void Functions_that_combine_or_partition_wrongly_are_reported()
    {
        var file = Input("f", "a a b");
        var map = Job.Map((Line line, Emit<string, int> emit) => { foreach (var word in line.Words()) emit(word, 1); });
        string Message(Job job) => Refused(() => RunByTasks(job, [file], 2)).Message;

        Assert.Equal("The combine function failed on the values 1 and 1: InvalidOperationException: no.", Message(map.Combine((_, _) => throw new InvalidOperationException("no.")).Reduce((_, n) => n.Sum())));
        Assert.Equal("The partition function returned 2 for the key 'a'; with 2 reduce tasks it must return 0 to 1.", Message(map.PartitionBy((_, reducers) => reducers).Reduce((_, n) => n.Sum())));
        Assert.Equal("The partition function failed on the key 'a': InvalidOperationException: no.", Message(map.PartitionBy((_, _) => throw new InvalidOperationException("no.")).Reduce((_, n) => n.Sum())));
        Assert.Equal("The keys were cut into 3 ranges, but the job has 2 reduce tasks: run it with 3.", Message(Jobs.Sort(KeyRanges.Borders([], 3))));
    }

    [Fact]
    public void A_job_is_known_by_its_name()
    {
        Assert.Same(Jobs.WordCount, Jobs.Named("wc"));
        Assert.Equal(["f a b"], Jobs.Named("grep a b").RunSequentially([Input("f", "a b\nab")]).Lines());
        Assert.Equal("There is no job named 'word count': name grep PATTERN, indexer, reverse-links, url-count or wc.", Refused(() => Jobs.Named("word count")).Message);
    }

    [Fact]
    public void A_map_function_cannot_swallow_a_failed_emit()
    {
        var job = Job.Map((Line line, Emit<string, string> emit) =>
        {
            try
            {
                emit(line.Text, line.Text == "bad" ? null! : "value");
            }
            catch (ArgumentNullException)
            {
            }
        }).Reduce((_, values) => values.Count());

        Assert.Throws<ArgumentNullException>(() => RunByTasks(job, [Input("f", "good\nbad\ngood")], 1));
    }

    [Fact]
    public void Values_can_be_read_once_and_only_inside_the_reduce_function()
    {
        var map = Job.Map((Line line, Emit<string, int> emit) => emit("k", 1));
        IEnumerable<int>? kept = null;

        var twice = Refused(() => RunByTasks(map.Reduce((_, ones) => ones.Sum() / ones.Count()), [Input("f", "x\ny")], 1));
        RunByTasks(map.Reduce((_, ones) => (kept = ones).First()), [Input("f", "x\ny")], 1);

        Assert.Contains("call ToList() on them first", twice.Message, StringComparison.Ordinal);
        Assert.Contains("only", Assert.Throws<InvalidOperationException>(() => kept!.Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_break_inside_an_output_line_is_refused_and_a_space_is_not()
    {
        var job = Job.Map((Line line, Emit<string, string> emit) => emit(line.Text.Replace('_', '\n'), "some value")).Identity();

        Assert.Equal("a key some value\n"u8, RunByTasks(job, [Input("f", "a key")], 1).Single());
        Assert.Equal("The output line 'a⏎key some value' would have a line break inside: leave it out of the key and the result, or write it as something else.", Refused(() => RunByTasks(job, [Input("f", "a_key")], 1)).Message);
    }

    [Fact]
    public void Output_that_exists_is_not_touched()
    {
        using var folder = new Folder();
        var file = folder.Write("in.txt", "new words");
        Directory.CreateDirectory(folder.Output);
        File.WriteAllText($"{folder.Output}/mr-out-0", "old");

        Assert.StartsWith($"The output folder {folder.Output} is not empty; name another one", Refused(() => Words.Run([file], folder.Output)).Message, StringComparison.Ordinal);
        Assert.StartsWith($"The output folder {file} is a file", Refused(() => Words.Run([file], file)).Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText($"{folder.Output}/mr-out-0"));

        Words.Run([file], folder.Output, 1, new RunOptions { Overwrite = true });
        Assert.Equal("new 1\nwords 1\n", File.ReadAllText($"{folder.Output}/mr-out-0"));

        File.WriteAllText($"{folder.Output}/thesis.txt", "ten years of work");
        Assert.StartsWith($"The output folder {folder.Output} holds thesis.txt, which no job has written", Refused(() => Words.Run([file], folder.Output, 1, new RunOptions { Overwrite = true })).Message, StringComparison.Ordinal);
        Assert.Equal("ten years of work", File.ReadAllText($"{folder.Output}/thesis.txt"));
        Assert.Empty(folder.Others("in.txt", "out"));
    }

    [Fact]
    public void A_failed_job_leaves_the_output_that_it_was_to_replace()
    {
        using var folder = new Folder();
        var file = folder.Write("in.txt", "some words");
        Words.Run([file], folder.Output, 1);
        var failing = Job.Map((Line _, Emit<string, int> emit) => emit("", 1)).Reduce((string _, IEnumerable<int> _) => int.Parse("x"));

        Refused(() => failing.Run([file], folder.Output, 1, new RunOptions { Overwrite = true }));

        Assert.Equal("some 1\nwords 1\n", File.ReadAllText($"{folder.Output}/mr-out-0"));
        Assert.Empty(folder.Others("in.txt", "out"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public void A_cancelled_job_leaves_nothing(int afterTasks)
    {
        using var folder = new Folder();
        var file = folder.Write("in.txt", Zipf("z", 50_000, 100, 1).Bytes);
        using var cancel = new CancellationTokenSource();
        var options = new RunOptions { SplitSize = 10_000, Cancel = cancel.Token, Progress = new CancelAfter(afterTasks, cancel) };

        Assert.Throws<OperationCanceledException>(() => Words.Run([file], folder.Output, 5, options));
        Assert.Empty(folder.Others("in.txt"));
    }

    [Fact]
    public void What_a_killed_job_left_is_removed_by_the_next_one_into_the_same_folder()
    {
        using var folder = new Folder();
        var file = folder.Write("in.txt", "a");
        var left = Directory.CreateDirectory($"{folder.Path}/.out.mapreduce-0123");
        File.WriteAllText($"{left.FullName}/lock", "");
        File.WriteAllText($"{left.FullName}/mr-0-0", "half of it");
        var running = Directory.CreateDirectory($"{folder.Path}/.out.mapreduce-4567");
        using var held = new FileStream($"{running.FullName}/lock", FileMode.Create, FileAccess.Write, FileShare.None);

        Words.Run([file], folder.Output);

        Assert.Equal([".out.mapreduce-4567"], folder.Others("in.txt", "out"));
    }

    /// <summary>A disk of one megabyte, where this user may mount one: the map tasks fill it, or the reduce tasks do.</summary>
    [Theory]
    [InlineData(16 * 1024)]
    [InlineData(100_000_000)]
    public void A_full_disk_is_reported_and_left_clean(long taskMemory)
    {
        using var folder = new Folder();
        var file = folder.Write("in.txt", Zipf("z", 3_000_000, 100_000, 1).Bytes);
        var disk = Directory.CreateDirectory($"{folder.Path}/disk").FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk), "This user may not mount a small disk.");
        try
        {
            var pairs = Job.Map((Line line, Emit<ByteString, long> emit) => { foreach (var word in line.Words()) emit(word, line.Offset); }).Identity();

            var refused = Refused(() => pairs.Run([file], $"{disk}/out", 4, new RunOptions { TaskMemory = taskMemory }));

            Assert.Contains("No space left on device", refused.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(disk));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    private static MapReduceException Refused(Action action)
    {
        var refused = Assert.Throws<MapReduceException>(action);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", refused.Message, StringComparison.Ordinal);
        return refused;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private sealed class CancelAfter(int tasks, CancellationTokenSource cancel) : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
            if (value.MapsDone + value.ReducesDone == tasks)
                cancel.Cancel();
        }
    }
}
