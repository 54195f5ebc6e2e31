namespace Workbook.MapReduce;

public static partial class ZipfText
{
    /// <summary>As <see cref="Write(Stream, long, int, ulong)"/>, to a file, which is replaced if it is there.</summary>
    /// <returns>The file's name, to hand to a job.</returns>
    public static string Write(string file, long bytes, int words = 100_000, ulong seed = 1)
    {
        using var stream = File.Create(file);
        Write(stream, bytes, words, seed);
        return file;
    }
}
