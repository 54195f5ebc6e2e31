using System.Text;
using Workbook.MapReduce;
using static Workbook.Tests.MapReduce.MapReduceInputs;

namespace Workbook.Tests.MapReduce;

public sealed class TaskTests
{
    [Fact]
    public void The_notes_three_inputs_count_to_a2_b2_c1()
    {
        var count = Job.Map((Line line, Emit<string, int> emit) => { foreach (var word in line.Words()) emit(word, 1); })
                       .Reduce((word, ones) => ones.Sum());

        InputFile[] inputs = [Input("1", "a b"), Input("2", "b"), Input("3", "a c")];

        Assert.Equal(["a 2", "b 2", "c 1"], count.RunSequentially(inputs).Lines());
        Assert.Equal("a 2\nb 2\nc 1\n", Encoding.UTF8.GetString(RunByTasks(count, inputs, reducers: 1).Single()));
    }

    [Fact]
    public void Values_of_a_key_come_in_the_order_of_the_input()
    {
        var job = Job.Map((Line line, Emit<string, string> emit) => emit("k", line.Text)).Reduce((_, lines) => string.Join(',', lines));
        InputFile[] inputs = [Input("1", "d\nb\nc\n"), Input("2", "a\ne")];

        Assert.Equal("k d,b,c,a,e\n", Encoding.UTF8.GetString(RunByTasks(job, inputs, reducers: 1, splitSize: 2).Single()));
    }

    [Fact]
    public void A_map_task_gives_the_same_bytes_every_time()
    {
        var file = Zipf("z", 100_000, 1_000, seed: 3);

        var runs = Enumerable.Range(0, 3).Select(_ => Jobs.WordCount.RunMapTask(Split.Whole("z", file.Bytes.Length), file.Bytes, 5).Segments).ToList();

        Assert.All(runs, run => Assert.Equal(runs[0], run));
        Assert.All(runs[0], segment => Assert.NotEmpty(segment));
    }

    [Fact]
    public void A_worker_with_a_hash_function_of_its_own_sends_keys_elsewhere()
    {
        var file = Input("f", "a b c d e f g h");
        byte[] Keys(ulong seed) => RunWithSeed(file, seed).SelectMany(output => output.Append((byte)'|')).ToArray();

        Assert.Equal(Keys(0), Keys(0));
        Assert.NotEqual(Keys(0), Keys(1));

        static IEnumerable<byte[]> RunWithSeed(InputFile file, ulong seed) =>
            Jobs.WordCount.RunMapTask(Split.Whole("f", file.Bytes.Length), file.Bytes, 4, seed).Segments;
    }

    [Fact]
    public void A_task_counts_what_it_reads_and_writes()
    {
        var file = Input("f", "to be or\nnot to be\n");

        var map = Jobs.WordCount.RunMapTask(Split.Whole("f", file.Bytes.Length), file.Bytes, 1);
        var reduce = Jobs.WordCount.RunReduceTask([map.Segments[0]]);

        Assert.Equal(new TaskCounters(BytesIn: 19, RecordsIn: 2, Keys: 4, RecordsOut: 6, BytesOut: map.Segments[0].Length), map.Counters);
        Assert.Equal(new TaskCounters(BytesIn: map.Segments[0].Length, RecordsIn: 4, Keys: 4, RecordsOut: 4, BytesOut: 21), reduce.Counters);
    }

    [Fact]
    public void A_reduce_function_may_leave_values_unread()
    {
        var job = Job.Map((Line line, Emit<string, string> emit) => emit(line.Text[..1], line.Text)).Reduce((_, lines) => lines.First());

        Assert.Equal("a a1\nb b1\n", Encoding.UTF8.GetString(RunByTasks(job, [Input("f", "a1\na2\nb1\na3\nb2")], 1).Single()));
    }

    [Fact]
    public void A_reduce_function_may_write_nothing_or_many_results()
    {
        var job = Job.Map((Line line, Emit<string, int> emit) => emit(line.Text, line.Text.Length))
                     .Reduce((string key, IEnumerable<int> _, Action<string> write) => { foreach (var c in key[1..]) write($"{c}"); });

        Assert.Equal("axy x\naxy y\n", Encoding.UTF8.GetString(RunByTasks(job, [Input("f", "b\naxy\nc")], 1).Single()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(1_000_000)]
    public void Splits_cover_the_file_and_end_at_line_ends(long size)
    {
        foreach (var file in Awkward)
        {
            var splits = Split.Cut(file.Name, file.Bytes, size);

            var at = 0L;
            foreach (var split in splits)
            {
                Assert.Equal(at, split.Offset);
                Assert.True(split.Length > 0);
                at += split.Length;
                Assert.True(at == file.Bytes.Length || file.Bytes[at - 1] == '\n', $"{file.Name} is cut at {at}");
            }

            Assert.Equal(file.Bytes.Length, at);
            var lines = file.Bytes.Count(b => b == '\n') + (file.Bytes is [.., not (byte)'\n'] ? 1 : 0);
            Assert.Equal(size == 1 ? lines : Math.Min(lines, splits.Count), splits.Count);
        }
    }

    [Fact]
    public void A_line_knows_its_file_and_where_it_begins()
    {
        var job = Job.Map((Line line, Emit<long, string> emit) => emit(line.Offset, $"{line.File}:{line.Text}")).Identity();

        Assert.Equal("0 f:ab\n4 f:c\n6 f:\n7 f:d\n", Encoding.UTF8.GetString(RunByTasks(job, [Input("f", "ab\r\nc\n\nd")], 1, splitSize: 1).Single()));
    }
}
