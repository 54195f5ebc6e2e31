using Microsoft.Win32.SafeHandles;

namespace Workbook.MapReduce.Real;

/// <summary>The input files of a job: checked before anything else happens, cut into map tasks, and read split by split.</summary>
internal static class InputFiles
{
    private const long LargestSplit = 64L * 1024 * 1024;
    private const long SmallestSplit = 1024 * 1024;

    /// <summary>With more tasks than this, neighbours are put together: a task has a price, and R files.</summary>
    private const int ManyTasks = 1000;

    /// <summary>The splits of each map task.</summary>
    public static IReadOnlyList<IReadOnlyList<Split>> Plan(IReadOnlyList<string> files, long? splitSize, int workers)
    {
        if (splitSize < 1)
            throw new MapReduceException($"A split of {splitSize} bytes can hold nothing: choose a split size of 1 byte or more.");
        var lengths = files.Select(LengthOf).ToArray();
        var size = splitSize ?? Math.Clamp(lengths.Sum() / (3 * workers), SmallestSplit, LargestSplit);
        var tasks = new List<IReadOnlyList<Split>>();
        for (var i = 0; i < files.Count; i++)
            tasks.AddRange(Cut(files[i], lengths[i], size).Select(split => new[] { split }));
        return tasks.Count <= ManyTasks || splitSize is not null ? tasks : PutTogether(tasks, size);
    }

    /// <summary>Reads a split into the beginning of a buffer.</summary>
    public static void Read(Split split, Span<byte> into)
    {
        using var file = Open(split.File);
        for (var done = 0; done < into.Length;)
        {
            var read = RandomAccess.Read(file, into[done..], split.Offset + done);
            if (read == 0)
                throw new MapReduceException($"The input file {split.File} became shorter while the job was reading it; run the job again when nothing writes to it.");
            done += read;
        }
    }

    public static byte[] ReadAll(string file)
    {
        var bytes = new byte[LengthOf(file)];
        Read(Split.Whole(file, bytes.Length), bytes);
        return bytes;
    }

    /// <summary>How many lines of its file stand before a split.</summary>
    public static long LinesBefore(Split split)
    {
        using var file = Open(split.File);
        var buffer = new byte[1024 * 1024];
        var lines = 0L;
        for (long at = 0, read; at < split.Offset; at += read)
        {
            read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, split.Offset - at)), at);
            if (read == 0)
                break;
            lines += buffer.AsSpan(0, (int)read).Count((byte)'\n');
        }

        return lines;
    }

    /// <summary>The beginnings of the lines that follow every <paramref name="step"/> bytes of a file.</summary>
    public static IEnumerable<ByteString> LinesAt(string name, long step, int length)
    {
        var size = LengthOf(name);
        using var file = Open(name);
        for (var at = step / 2; at < size; at += step)
        {
            var start = at == 0 ? 0 : LineBorder(file, at, size);
            var bytes = new byte[length];
            var line = bytes.AsSpan(0, RandomAccess.Read(file, bytes, start));
            if (line.IsEmpty)
                yield break;
            var end = line.IndexOf((byte)'\n');
            yield return new ByteString(bytes, 0, end < 0 ? line.Length : end);
        }
    }

    private static IReadOnlyList<Split> Cut(string name, long length, long size)
    {
        if (length <= size)
            return length == 0 ? [] : [Split.Whole(name, length)];
        using var file = Open(name);
        return Split.Cut(name, length, size, from => LineBorder(file, from, length));
    }

    private static long LineBorder(SafeFileHandle file, long from, long length)
    {
        var buffer = new byte[4 * 1024];
        for (long at = from - 1, read; at < length; at += read)
        {
            read = RandomAccess.Read(file, buffer, at);
            var found = buffer.AsSpan(0, (int)read).IndexOf((byte)'\n');
            if (found >= 0)
                return at + found + 1;
            if (read == 0)
                break;
        }

        return length;
    }

    private static List<IReadOnlyList<Split>> PutTogether(IEnumerable<IReadOnlyList<Split>> tasks, long size)
    {
        var together = new List<IReadOnlyList<Split>>();
        var current = new List<Split>();
        foreach (var split in tasks.SelectMany(task => task))
        {
            if (current.Count > 0 && current.Sum(other => other.Length) + split.Length > size)
            {
                together.Add(current);
                current = [];
            }

            current.Add(split);
        }

        return [.. together, current];
    }

    public static long LengthOf(string name)
    {
        if (Directory.Exists(name))
            throw new MapReduceException($"The input {name} is a folder; name the files in it, with Directory.GetFiles(\"{name}\") for one.");
        using var file = Open(name);
        return RandomAccess.GetLength(file);
    }

    private static SafeFileHandle Open(string name)
    {
        try
        {
            return File.OpenHandle(name, options: FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MapReduceException($"There is no input file {name} (looked for in {Path.GetDirectoryName(Path.GetFullPath(name))}).", e) { File = name };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new MapReduceException($"The input file {name} cannot be read: {e.Message.TrimEnd('.')}.", e) { File = name };
        }
    }
}
