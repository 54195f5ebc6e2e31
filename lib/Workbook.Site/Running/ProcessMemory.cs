using System.Diagnostics;

namespace Workbook.Site.Running;

/// <summary>How much memory a process holds for itself; files that it maps are not counted where the system tells them apart.</summary>
internal static class ProcessMemory
{
    /// <summary>Bytes; 0 when the process is gone.</summary>
    internal static long Bytes(Process process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return AnonymousBytes(File.ReadLines($"/proc/{process.Id}/status"));
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static long AnonymousBytes(IEnumerable<string> status)
    {
        var line = status.FirstOrDefault(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]) << 10;
    }
}
