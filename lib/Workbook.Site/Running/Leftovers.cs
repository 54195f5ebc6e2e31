using System.Diagnostics;
using System.Text;

namespace Workbook.Site.Running;

/// <summary>
/// Programs that a notebook started and that have since left its process group. They inherit its environment, where a mark
/// is; only Linux lets us read it.
/// </summary>
internal static class Leftovers
{
    internal static void Kill(string variable, string mark)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var needle = Encoding.UTF8.GetBytes($"{variable}={mark}\0");
        // A program that starts others while it is looked for is met in a later round.
        for (var round = 0; round < 10 && KillOnce(needle) > 0; round++)
        {
        }
    }

    private static int KillOnce(byte[] needle)
    {
        var killed = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && id != Environment.ProcessId && Bears(folder, needle))
                killed += TryKill(id) ? 1 : 0;
        }
        return killed;
    }

    private static bool Bears(string folder, byte[] needle)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(needle) >= 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Ends a process.</summary>
    /// <returns>Whether it was there.</returns>
    internal static bool TryKill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
