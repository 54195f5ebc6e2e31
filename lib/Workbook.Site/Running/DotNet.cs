using System.Runtime.InteropServices;

namespace Workbook.Site.Running;

/// <summary>The <c>dotnet</c> program of the runtime that this process runs on, which need not be on the search path.</summary>
internal static class DotNet
{
    internal static string Path { get; } = Find();

    private static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        // shared/Microsoft.NETCore.App/10.0.x, below the folder of the program.
        var beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
