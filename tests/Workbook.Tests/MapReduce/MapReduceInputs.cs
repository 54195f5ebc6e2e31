using System.Text;
using Workbook.MapReduce;

namespace Workbook.Tests.MapReduce;

/// <summary>Inputs that have broken such programs before, and jobs run task by task over them.</summary>
internal static class MapReduceInputs
{
    public static InputFile Input(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    /// <summary>A file of Zipf text.</summary>
    public static InputFile Zipf(string name, int bytes, int words, ulong seed)
    {
        var text = new MemoryStream();
        ZipfText.Write(text, bytes, words, seed);
        return new InputFile(name, text.ToArray());
    }

    /// <summary>Everything that is awkward about text files, and some that is not.</summary>
    public static IReadOnlyList<InputFile> Awkward { get; } =
    [
        Input("empty.txt", ""),
        Input("no final line break.txt", "a b\nc a"),
        Input("crlf.txt", "one two\r\ntwo three\r\n\r\nlone \r in the middle\r\n"),
        Input("ends in cr.txt", "last words\r"),
        Input("blank lines.txt", "\n\n\nword\n\n"),
        Input("only a line break.txt", "\n"),
        Input("long line.txt", string.Concat(Enumerable.Repeat("alpha beta gammagammagammagamma ", 5_000)) + "\nend"),
        Input("long word.txt", new string('x', 20_000) + " y " + new string('x', 20_000)),
        Input("unicode.txt", "naïve Ωmega 日本語 naïve e\u0301 ß\n\U0001F600 Ωmega"),
        new("not utf8.bin", [0xFF, 0xFE, (byte)' ', (byte)'a', 0x80, (byte)'\n', 0, (byte)' ', 0xFF, 0xFE, (byte)'\n', 0xC3]),
        Zipf("zipf.txt", 12_000, 1_000, seed: 7),
    ];

    /// <summary>Runs a job by its tasks alone, as a simulated cluster would.</summary>
    public static IReadOnlyList<byte[]> RunByTasks(Job job, IEnumerable<InputFile> inputs, int reducers, long splitSize = long.MaxValue)
    {
        var maps = new List<MapTaskResult>();
        foreach (var file in inputs)
            foreach (var split in Split.Cut(file.Name, file.Bytes, splitSize))
                maps.Add(job.RunMapTask(split, file.Bytes.AsMemory((int)split.Offset, (int)split.Length), reducers));
        return [.. Enumerable.Range(0, reducers).Select(r => job.RunReduceTask([.. maps.Select(map => (ReadOnlyMemory<byte>)map.Segments[r])]).Output)];
    }

    /// <summary>A folder of its own for a test, removed with everything in it.</summary>
    public sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("mapreduce-test-").FullName;

        public string Output => System.IO.Path.Combine(Path, "out");

        public string Write(string name, byte[] bytes)
        {
            var path = System.IO.Path.Combine(Path, name);
            File.WriteAllBytes(path, bytes);
            return path;
        }

        public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

        public IReadOnlyList<string> Write(IEnumerable<InputFile> files) => [.. files.Select(file => Write(file.Name, file.Bytes))];

        /// <summary>What is in the folder besides the named files, hidden ones included.</summary>
        public IEnumerable<string> Others(params string[] known) =>
            Directory.EnumerateFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry)).Except(known);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
