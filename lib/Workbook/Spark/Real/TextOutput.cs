using System.Globalization;
using System.Text;
using Workbook.Spark.Readers;

namespace Workbook.Spark.Real;

/// <summary>A dataset as text in a folder, a file for each partition, put in place in one step.</summary>
internal static class TextOutput
{
    public static void Save<T>(Rdd<T> rdd, string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(folder)) throw new SparkException($"{folder} is a file: name another folder.");
        if (Directory.Exists(folder)) throw new SparkException($"The folder {folder} is there already, and is left as it is: name another one.");
        var parent = Path.GetDirectoryName(folder)!;
        var working = Path.Combine(parent, $".{Path.GetFileName(folder)}.spark-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(working);
            rdd.Context.Run("saveAsTextFile", rdd, Enumerable.Range(0, rdd.Partitions), (reader, partition, _) => Write(reader, Part(working, partition)));
            Directory.Move(working, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SparkException($"{folder} could not be written: {e.Message.TrimEnd('.')}.", e);
        }
        finally
        {
            if (Directory.Exists(working)) Directory.Delete(working, recursive: true);
        }
    }

    private static string Part(string folder, int partition) => Path.Combine(folder, $"part-{partition:00000}");

    private static bool Write<T>(Reader<T> reader, string file)
    {
        using var writer = new StreamWriter(file, append: false, new UTF8Encoding(false), bufferSize: 1 << 16);
        while (reader.Read(out var batch))
        {
            foreach (ref readonly var record in batch)
            {
                writer.Write(Convert.ToString(record, CultureInfo.InvariantCulture));
                writer.Write('\n');
            }
        }

        return true;
    }
}
