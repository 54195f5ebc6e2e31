using Workbook.MapReduce;
using Workbook.MapReduce.Tasks;
using static Workbook.Tests.MapReduce.MapReduceInputs;

namespace Workbook.Tests.MapReduce;

/// <summary>Every application, under every engine there is here, byte for byte against the sequential program.</summary>
public sealed class OracleTests
{
    public static TheoryData<string> Applications => [.. ByName.Keys];

    private static Dictionary<string, Func<int, Job>> ByName { get; } = new()
    {
        ["word count"] = _ => Jobs.WordCount,
        ["inverted index"] = _ => Jobs.InvertedIndex,
        ["grep"] = _ => Jobs.Grep("a.*[eo]"),
        ["sort"] = reducers => Jobs.Sort(KeyRanges.Borders("bhmtx".Select(c => ByteString.From($"{c}")), reducers)),
        ["url count"] = _ => Jobs.UrlCount,
        ["reverse links"] = _ => Jobs.ReverseLinks,
        ["strings, no combiner"] = _ => Job.Map((Line line, Emit<string, int> emit) => { foreach (var word in line.Words()) emit(word, 1); }).Reduce((_, ones) => ones.Sum()),
        ["strings, combined in order"] = _ => Job.Map((Line line, Emit<int, string> emit) => { foreach (var word in line.Words()) emit(word.Length, word); })
            .Combine(Ends).Reduce((_, texts) => texts.Aggregate("", (a, b) => a == "" ? Ends(b, b) : Ends(a, b))),
        ["pairs as keys"] = _ => Job.Map((Line line, Emit<(int, ByteString), double> emit) => { foreach (var word in line.Words()) emit((word.Length, word), 0.5); })
            .Combine((a, b) => a + b).Reduce((_, halves) => halves.Sum()),
        ["long lists"] = _ => Job.Map((Line line, Emit<long, ByteString> emit) => { foreach (var word in line.Words()) emit(word.Length % 3, word); }).Identity(),
    };

    /// <summary>Associative, as a combiner must be, but not commutative.</summary>
    private static string Ends(string a, string b) => $"{a[0]}{b[^1]}";

    private static IReadOnlyList<InputFile> Inputs { get; } =
    [
        .. Awkward,
        Input("access.log", """
            ::1 - - [10/Oct/2000:13:55:36 -0700] "GET /index.html HTTP/1.0" 200 2326
            ::1 - - [10/Oct/2000:13:55:37 -0700] "GET /a b HTTP/1.0" 200 2326
            a line without a request
            ::1 - - [10/Oct/2000:13:55:38 -0700] "POST /index.html HTTP/1.0" 200 2326
            """),
        Input("page.html", """<p><a href="/index.html">home</a> <A class='x' HREF='other.html#part'>other</A><a name="no">""" + "\n" + """<a href="/index.html">again</a>"""),
        Input("index.html", """<a href="other.html">"""),
    ];

    [Theory]
    [MemberData(nameof(Applications))]
    public void Tasks_give_what_the_sequential_program_gives(string application)
    {
        foreach (var reducers in new[] { 1, 3, 10 })
        {
            var job = ByName[application](reducers);
            var oracle = job.RunSequentially(Inputs, reducers);
            Assert.Contains(oracle.Files, file => file.Length > 0);

            foreach (var splitSize in new[] { 1, 300, 5_000, long.MaxValue })
                if (splitSize > 1 || reducers == 1)
                    Assert.Null(oracle.DifferenceFrom(RunByTasks(job, Inputs, reducers, splitSize)));
        }
    }

    [Theory]
    [MemberData(nameof(Applications))]
    public void Spilling_changes_nothing(string application)
    {
        const int reducers = 3;
        var job = ByName[application](reducers);
        var oracle = job.RunSequentially(Inputs, reducers);
        foreach (var memory in new[] { 1L, 1_000, 5_000 })
        {
            var maps = Inputs.Select(file => MapWithLittleMemory(job, file, reducers, memory)).ToList();

            Assert.Null(oracle.DifferenceFrom([.. Enumerable.Range(0, reducers)
                .Select(r => job.RunReduceTask([.. maps.Select(map => (ReadOnlyMemory<byte>)map.Segments[r])]).Output)]));
            Assert.True(maps.Sum(map => map.Counters.Spills) > (application is "url count" or "reverse links" && memory > 1 ? -1 : 0));
        }
    }

    [Theory]
    [MemberData(nameof(Applications))]
    public void The_real_engine_gives_what_the_sequential_program_gives(string application)
    {
        using var folder = new Folder();
        var files = folder.Write(Inputs);
        foreach (var (reducers, splitSize) in new[] { (1, (long?)null), (3, 2_000), (10, 10_000) })
        {
            var job = ByName[application](reducers);

            var result = job.Run(files, folder.Output, reducers, new RunOptions { SplitSize = splitSize, Workers = 3, Overwrite = true, TaskMemory = 20_000 });

            Assert.Null(result.DifferenceFrom(job.RunSequentially(files, reducers)));
        }
    }

    [Fact]
    public void Random_jobs_over_random_bytes_give_what_the_sequential_program_gives()
    {
        for (var seed = 1UL; seed <= 60; seed++)
        {
            var file = RandomBytes(seed);
            var (reducers, splitSize, memory) = (1 + (int)(seed % 7), 1 + (long)(seed * seed * 3), (long)(seed * 37));
            var job = Job.Map((Line line, Emit<ByteString, int> emit) =>
            {
                // Keys of every length from 0 bytes on, with zero bytes in them, some of them prefixes of others.
                for (var i = 0; i <= line.Bytes.Length; i += 1 + (i / 3))
                    emit(line.Bytes.Slice(0, i), line.Bytes.Length);
            });
            Job both = seed % 2 == 0 ? job.Combine(Math.Max).Reduce((_, lengths) => lengths.Max()) : job.Reduce((_, lengths) => string.Join('+', lengths));

            var oracle = both.RunSequentially([file], reducers);

            Assert.True(oracle.DifferenceFrom(RunByTasks(both, [file], reducers, splitSize)) is null, $"seed {seed}");
            var spilled = MapWithLittleMemory(both, file, reducers, memory);
            Assert.True(oracle.DifferenceFrom([.. spilled.Segments.Select(segment => both.RunReduceTask([segment]).Output)]) is null, $"seed {seed}");
        }
    }

    [Fact]
    public void Sorted_files_one_after_the_other_are_the_sorted_input()
    {
        var file = Zipf("z", 50_000, 500, seed: 5);
        var lines = System.Text.Encoding.UTF8.GetString(file.Bytes).Split('\n')[..^1];
        var borders = KeyRanges.Borders(lines.Take(100).Select(line => ByteString.From(KeyOf(line))), reducers: 4);

        var output = RunByTasks(Jobs.Sort(borders), [file], reducers: 4, splitSize: 7_000);

        Assert.Equal(
            lines.OrderBy(KeyOf, StringComparer.Ordinal),
            output.SelectMany(bytes => System.Text.Encoding.UTF8.GetString(bytes).Split('\n')[..^1]));
        Assert.All(output, bytes => Assert.InRange(bytes.Length, 5_000, 25_000));
    }

    [Fact]
    public void The_oracle_says_where_an_answer_differs()
    {
        var oracle = Jobs.WordCount.RunSequentially([Input("f", "a b b")]);

        Assert.Null(oracle.DifferenceFrom(["a 1\nb 2\n"u8.ToArray()]));
        Assert.Equal("In mr-out-0, line 2 should be 'b 2⏎', and is 'b 4⏎'.", oracle.DifferenceFrom(["a 1\nb 4\n"u8.ToArray()]));
        Assert.Equal("In mr-out-0, line 2 should be 'b 2⏎', and is the end.", oracle.DifferenceFrom(["a 1\n"u8.ToArray()]));
        Assert.Equal("In mr-out-0, line 3 should be the end, and is 'c'.", oracle.DifferenceFrom(["a 1\nb 2\nc"u8.ToArray()]));
        Assert.Null(oracle.DifferenceFrom(["b 2\n"u8.ToArray(), "a 1\n"u8.ToArray()]));
        Assert.Equal("In the sorted output, line 2 should be 'b 2⏎', and is 'a 1⏎'.", oracle.DifferenceFrom(["a 1\n"u8.ToArray(), "a 1\nb 2\n"u8.ToArray()]));
    }

    private static string KeyOf(string line) => line[..Math.Min(10, line.Length)];

    private static MapTaskResult MapWithLittleMemory(Job job, InputFile file, int reducers, long memory)
    {
        using var task = job.StartMapTask(new MapTaskSettings(reducers) { Memory = memory });
        task.Map(Split.Whole(file.Name, file.Bytes.Length), file.Bytes);
        var segments = new MemoryStream[reducers];
        var counters = task.Finish(r => segments[r] = new MemoryStream());
        return new MapTaskResult([.. segments.Select(segment => segment.ToArray())], counters);
    }

    private static InputFile RandomBytes(ulong seed)
    {
        var bytes = new byte[3_000];
        var state = seed;
        for (var i = 0; i < bytes.Length; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            bytes[i] = (state >> 60) == 0 ? (byte)'\n' : (byte)((state >> 40) % (seed % 2 == 0 ? 3u : 256u));
            if (bytes[i] == '\n' && (state >> 60) != 0)
                bytes[i] = 0;
        }

        return new InputFile($"seed {seed}", bytes);
    }

}
