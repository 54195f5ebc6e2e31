using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Workbook.Site.Pages;

/// <summary>The platform's libraries, as code to be coloured sees them; read once a process.</summary>
internal static class PlatformLibraries
{
    public static ImmutableArray<MetadataReference> All { get; } = Read();

    private static ImmutableArray<MetadataReference> Read()
    {
        var platform = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        return
        [
            .. platform.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal))
                .Select(file => MetadataReference.CreateFromFile(file)),
        ];
    }
}
