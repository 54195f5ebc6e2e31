namespace Workbook.MapReduce.Real;

/// <summary>
/// Where a job works until its output is whole: a hidden folder beside the output folder, on the same disk, so that one rename puts
/// the output in place. Disposing of it removes what is left.
/// </summary>
internal sealed class JobFolder : IDisposable
{
    private readonly string _output;
    private readonly string _root;
    private readonly FileStream _lock;

    private JobFolder(string output, string root)
    {
        _output = output;
        _root = root;
        Intermediate = Directory.CreateDirectory(Path.Combine(root, "intermediate")).FullName;
        Finished = Directory.CreateDirectory(Path.Combine(root, "output")).FullName;
        _lock = new FileStream(LockOf(root), FileMode.Create, FileAccess.Write, FileShare.None);
    }

    /// <summary>For files between map and reduce tasks.</summary>
    public string Intermediate { get; }

    /// <summary>For output files, until all of them are there.</summary>
    public string Finished { get; }

    /// <summary>Makes the folder, after a look at what is in the output folder.</summary>
    /// <exception cref="MapReduceException">The output folder holds something that may not be replaced, or cannot be made.</exception>
    public static JobFolder Create(string output, bool overwrite)
    {
        output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        Check(output, overwrite);
        try
        {
            var parent = Path.GetDirectoryName(output) ?? throw new MapReduceException($"The output folder cannot be {output} itself; name a folder in it.");
            Directory.CreateDirectory(parent);
            RemoveAbandoned(output);
            return new JobFolder(output, Path.Combine(parent, $"{Prefix(output)}{Guid.NewGuid():N}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MapReduceException($"The output folder {output} cannot be made: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Puts the output in place: all of it, in one step. What it replaces is removed only after that.</summary>
    public void Publish(bool overwrite)
    {
        // Looked at again: the job may have taken hours.
        Check(_output, overwrite);
        if (Directory.Exists(_output))
            Directory.Move(_output, Path.Combine(_root, "replaced"));
        try
        {
            Directory.Move(Finished, _output);
        }
        catch (IOException) when (Directory.Exists(Path.Combine(_root, "replaced")) && !Directory.Exists(_output))
        {
            Directory.Move(Path.Combine(_root, "replaced"), _output);
            throw;
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        if (!Directory.Exists(_root))
            return;
        try
        {
            // Worker processes that are late may still write. Under another name they no longer find the folder that is being emptied.
            var over = $"{_root}-over";
            Directory.Move(_root, over);
            Directory.Delete(over, recursive: true);
        }
        catch (IOException)
        {
            // Somebody looks into it. The next job removes it; what this one has to say matters more.
        }
    }

    private static void Check(string output, bool overwrite)
    {
        if (File.Exists(output))
            throw new MapReduceException($"The output folder {output} is a file; name another folder.");
        if (!Directory.Exists(output))
            return;
        var names = Directory.EnumerateFileSystemEntries(output).Select(Path.GetFileName).ToList();
        if (names.Count > 0 && !overwrite)
            throw new MapReduceException($"The output folder {output} is not empty; name another one, or let its files be replaced with new RunOptions {{ Overwrite = true }}.");
        if (names.FirstOrDefault(name => !name!.StartsWith("mr-out-", StringComparison.Ordinal)) is { } foreign)
            throw new MapReduceException($"The output folder {output} holds {foreign}, which no job has written and which would be lost; name another folder.");
    }

    /// <summary>What a killed job left behind. A job that still runs holds its lock.</summary>
    private static void RemoveAbandoned(string output)
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetDirectoryName(output)!, $"{Prefix(output)}*"))
        {
            try
            {
                // A job that was killed between the two renames of Publish had put the old output aside: that one is not ours to remove.
                if (Directory.Exists(Path.Combine(folder, "replaced")) || !File.Exists(LockOf(folder)))
                    continue;
                new FileStream(LockOf(folder), FileMode.Open, FileAccess.Write, FileShare.None).Dispose();
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is still at work, or it is not ours.
            }
        }
    }

    private static string Prefix(string output) => $".{Path.GetFileName(output)}.mapreduce-";

    private static string LockOf(string root) => Path.Combine(root, "lock");
}
