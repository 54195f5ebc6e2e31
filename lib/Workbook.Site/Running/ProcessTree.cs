using System.Diagnostics;

namespace Workbook.Site.Running;

/// <summary>
/// A process and all that it has started, as they were in one moment. Linux lists each process's children; elsewhere there is only
/// the process itself.
/// </summary>
internal sealed class ProcessTree
{
    /// <summary>More than this are not looked for: whoever counts has seen enough.</summary>
    private const int Most = 4096;

    private readonly List<int> _ids;

    private ProcessTree(List<int> ids, long bytes, long rootBytes) => (_ids, Bytes, RootBytes) = (ids, bytes, rootBytes);

    /// <summary>How many processes there are, the first one included.</summary>
    internal int Count => _ids.Count;

    /// <summary>Bytes of memory that all of them hold for themselves; files that they map are not counted where the system tells them apart.</summary>
    internal long Bytes { get; }

    /// <summary>The same for the first one alone.</summary>
    internal long RootBytes { get; }

    internal static ProcessTree Of(Process root)
    {
        if (!OperatingSystem.IsLinux())
        {
            var bytes = WorkingSetOf(root);
            return new ProcessTree([root.Id], bytes, bytes);
        }
        var ids = new List<int> { root.Id };
        var rootBytes = BytesOf(root.Id) ?? 0;
        var total = rootBytes;
        for (var at = 0; at < ids.Count && ids.Count < Most; at++)
        {
            foreach (var child in ChildrenOf(ids[at]))
            {
                if (BytesOf(child) is not { } bytes)
                    continue;
                ids.Add(child);
                total += bytes;
            }
        }
        return new ProcessTree(ids, total, rootBytes);
    }

    /// <summary>Ends those that the first process has started and that still run.</summary>
    internal void Kill()
    {
        foreach (var id in _ids.Skip(1))
            Leftovers.TryKill(id);
    }

    private static long WorkingSetOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static List<int> ChildrenOf(int id)
    {
        var children = new List<int>();
        try
        {
            // A child belongs to the thread that started it.
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{id}/task"))
                children.AddRange(Read(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended.
        }
        return children;
    }

    /// <summary>Bytes that a process holds for itself; null when it has ended, even if nobody has asked for its exit code yet.</summary>
    private static long? BytesOf(int id)
    {
        var status = Read($"/proc/{id}/status");
        if (Value(status, "State:") is null or "Z" or "X")
            return null;
        return Value(status, "RssAnon:") is { } kibibytes ? long.Parse(kibibytes) << 10 : 0;
    }

    private static string? Value(string status, string name)
    {
        var at = status.IndexOf("\n" + name, StringComparison.Ordinal);
        return at < 0 ? null : status[(at + 1 + name.Length)..].Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries)[0];
    }

    /// <summary>The text of a small file of the system's; empty when its thread has ended or the system does not keep such a file.</summary>
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
