using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace Workbook.Site.Exporting;

/// <summary>What every cell has of .NET itself, and so every exported program.</summary>
internal static class Framework
{
    /// <summary>The assemblies of the runtime, without those of ASP.NET Core; read once.</summary>
    internal static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => file.StartsWith(RuntimeEnvironment.GetRuntimeDirectory(), StringComparison.OrdinalIgnoreCase)).Select(Reference),
    ];

    internal static MetadataReference Reference(string file) => MetadataReference.CreateFromFile(file);
}
