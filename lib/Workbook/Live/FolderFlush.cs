using System.Runtime.InteropServices;

namespace Workbook.Live;

/// <summary>
/// Makes the names in a folder outlast a power cut. POSIX wants a folder flushed like a file, and .NET opens no folders;
/// on Windows the file system logs names by itself.
/// </summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;
    private const int CannotBeFlushed = 22;

    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var file = Open(folder, ReadOnly);
        if (file < 0) throw Failure(folder);
        try
        {
            // Some network file systems refuse to flush folders (EINVAL): they do it at once, or never.
            if (Fsync(file) != 0 && Marshal.GetLastPInvokeError() != CannotBeFlushed) throw Failure(folder);
        }
        finally
        {
            _ = Close(file);
        }
    }

    private static IOException Failure(string folder) =>
        new($"The folder {folder} could not be flushed: {Marshal.GetLastPInvokeErrorMessage()}.");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
