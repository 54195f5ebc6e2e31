using System.Text;
using Workbook.MapReduce;

namespace Workbook.Tests.MapReduce;

public sealed class TaskTests
{
    [Fact]
    public void The_notes_three_inputs_count_to_a2_b2_c1()
    {
        var count = Job.Map((Line line, Emit<string, int> emit) => { foreach (var word in line.Words()) emit(word, 1); })
                       .Reduce((word, ones) => ones.Sum());

        InputFile[] inputs = [File("1", "a b"), File("2", "b"), File("3", "a c")];

        Assert.Equal(["a 2", "b 2", "c 1"], count.RunSequentially(inputs).Lines());
        Assert.Equal("a 2\nb 2\nc 1\n", Encoding.UTF8.GetString(RunByTasks(count, inputs, reducers: 1).Single()));
    }

    internal static InputFile File(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    internal static IReadOnlyList<byte[]> RunByTasks(Job job, IEnumerable<InputFile> inputs, int reducers, long splitSize = long.MaxValue)
    {
        var maps = new List<MapTaskResult>();
        foreach (var file in inputs)
            foreach (var split in Split.Cut(file.Name, file.Bytes, splitSize))
                maps.Add(job.RunMapTask(split, file.Bytes.AsMemory((int)split.Offset, (int)split.Length), reducers));
        return [.. Enumerable.Range(0, reducers).Select(r => job.RunReduceTask([.. maps.Select(map => (ReadOnlyMemory<byte>)map.Segments[r])]).Output)];
    }
}
