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
        var working = Path.Combine(Existing(parent), $".{Path.GetFileName(folder)}.spark-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(working);
            rdd.Context.Run("saveAsTextFile", rdd, Enumerable.Range(0, rdd.Partitions), (reader, site) => Write(reader, site, Part(working, site.Partition)));
            Directory.CreateDirectory(parent);
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

    /// <summary>The folder of a path that is there: what comes after it is made only when there is something to put in.</summary>
    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent) folder = parent;
        return folder;
    }

    private static string Part(string folder, int partition) => Path.Combine(folder, $"part-{partition:00000}");

    private static bool Write<T>(Reader<T> reader, Site site, string file)
    {
        using var writer = new StreamWriter(file, append: false, new UTF8Encoding(false), bufferSize: 1 << 16);
        while (reader.Read(out var batch))
        {
            var at = 0;
            try
            {
                for (; at < batch.Length; at++)
                {
                    writer.Write(Convert.ToString(batch[at], CultureInfo.InvariantCulture));
                    writer.Write('\n');
                }
            }
            catch (Exception e) when (e is not IOException && site.IsOfTheFunction(e))
            {
                throw site.Failed(at, batch[at], e);
            }

            site.Had(batch.Length);
        }

        return true;
    }
}
