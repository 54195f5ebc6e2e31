using System.Runtime.InteropServices;

namespace Workbook.Site.Publishing;

/// <summary>Two folders trade names in one step, where the system can do that: with two renames there is a moment without either.</summary>
internal static class FolderExchange
{
    private const int RelativeToWorkingDirectory = -100;
    private const uint Exchange = 2;

    /// <summary>Whether the two folders have traded names; when not, nothing has changed.</summary>
    public static bool TryExchange(string one, string other)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return RenameAt2(RelativeToWorkingDirectory, one, RelativeToWorkingDirectory, other, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "renameat2", CharSet = CharSet.Ansi, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int RenameAt2(
        int oneFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string one, int otherFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string other, uint flags);
}
