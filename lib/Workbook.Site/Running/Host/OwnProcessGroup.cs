using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Workbook.Site.Running.Host;

/// <summary>
/// A Unix session and process group of this process's own: what cells start joins it, so that all can be ended at once, and
/// Ctrl-C on the terminal reaches the runner alone, which ends its notebooks in good order. On Linux, programs whose own parent has
/// ended become children of this process, so that none is lost sight of while it lives.
/// </summary>
internal static partial class OwnProcessGroup
{
    private const int Kill = 9;
    private const int SetChildSubreaper = 36;
    private static bool _founded;

    /// <summary>Leaves the runner's group for a new one.</summary>
    internal static void Found()
    {
        if (!OperatingSystem.IsWindows())
            _founded = StartSession() > 0;
        if (OperatingSystem.IsLinux())
            _ = Control(SetChildSubreaper, 1, 0, 0, 0);
    }

    /// <summary>Whether another process has started this one and still runs; where that can't be told, it is believed.</summary>
    internal static bool IsChildOf(int parent) => OperatingSystem.IsWindows() || Parent() == parent;

    /// <summary>Ends this process, and on Unix all of its group, at once.</summary>
    internal static void End()
    {
        if (_founded)
            _ = SendSignal(0, Kill);
        Process.GetCurrentProcess().Kill();
    }

    /// <summary>Ends the group that another process founded; nothing happens when there is none.</summary>
    internal static void End(int founder)
    {
        if (!OperatingSystem.IsWindows())
            _ = SendSignal(-founder, Kill);
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int StartSession();

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int Parent();

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint value, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
