namespace Workbook.Spark.Real;

/// <summary>A part of a text file: the lines that begin in it.</summary>
internal sealed record TextPart(string File, long From, long To);

/// <summary>Text files, cut into parts of about the same size.</summary>
internal static class TextFiles
{
    /// <summary>The size of an HDFS block then, and the largest part.</summary>
    private const long LargestPart = 64L << 20;

    /// <summary>The parts of a file, or of all files of a folder in the order of their names.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="partitions">How many parts at least, if there are as many bytes.</param>
    /// <exception cref="SparkException">There is no such file, or it cannot be read.</exception>
    public static IReadOnlyList<TextPart> Cut(string path, int partitions)
    {
        var files = Files(path);
        var lengths = files.Select(LengthOf).ToList();
        var total = Math.Max(1, lengths.Sum());
        return
        [
            .. from file in files.Zip(lengths)
               let even = ((file.Second * partitions) + total - 1) / total
               let count = Math.Clamp(even, Math.Max(1, (file.Second + LargestPart - 1) / LargestPart), Math.Max(1, file.Second))
               from part in Enumerable.Range(0, (int)count)
               select new TextPart(file.First, file.Second * part / count, file.Second * (part + 1) / count),
        ];
    }

    /// <summary>How many lines stand before the first one of a part.</summary>
    public static long LinesBefore(TextPart part)
    {
        if (part.From == 0) return 0;
        using var file = Open(part.File);
        var buffer = new byte[1 << 16];
        var lines = 1L;
        for (var left = part.From - 1; left > 0;)
        {
            var read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0) break;
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            left -= read;
        }

        return lines;
    }

    public static FileStream Open(string file) =>
        Explained(file, () => new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));

    private static IReadOnlyList<string> Files(string path)
    {
        if (!Directory.Exists(path)) return [path];
        var files = Explained(path, () => Directory.EnumerateFiles(path).Where(file => !Path.GetFileName(file).StartsWith('.')).ToList());
        return files.Count > 0 ? [.. files.Order(StringComparer.Ordinal)] : throw new SparkException($"The folder {path} has no files to read.");
    }

    private static long LengthOf(string file)
    {
        if (!File.Exists(file)) throw new SparkException($"There is no file {file}.");
        using var stream = Open(file);
        return stream.Length;
    }

    public static TResult Explained<TResult>(string path, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SparkException($"{path} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
