using System.Text.RegularExpressions;

namespace Workbook.Site.Running.Packages;

/// <summary>A package that a cell asks for by <c>#r "nuget: Name, Version"</c>.</summary>
/// <param name="Text">What stands between the quotes.</param>
/// <param name="Name">The package's id.</param>
/// <param name="Version">The version, or null for the newest.</param>
internal sealed partial record PackageDirective(string Text, string Name, string? Version)
{
    private const string Prefix = "nuget:";

    /// <summary>Name and version as one would say them.</summary>
    public override string ToString() => Version is null ? Name : $"{Name} {Version}";

    /// <summary>The packages that a cell asks for, in order; directives that can't be understood are not among them.</summary>
    internal static IReadOnlyList<PackageDirective> In(string source) => source.Contains(Prefix, StringComparison.OrdinalIgnoreCase)
        ? [.. Line().Matches(source).Select(match => Parse(match.Groups["text"].Value)).OfType<PackageDirective>()]
        : [];

    /// <summary>A directive from what stands between the quotes; null when that names no package, or none that can be.</summary>
    internal static PackageDirective? Parse(string text) => Pattern().Match(text) is { Success: true, Groups: var groups }
        ? new PackageDirective(text, groups["name"].Value, groups["version"] is { Success: true, Value: var version } ? version : null)
        : null;

    /// <summary>Whether what stands between the quotes means a package, and not a file.</summary>
    internal static bool IsMeant(string text) => text.TrimStart().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[ \t]*#r[ \t]+\x22(?<text>nuget:[^\x22\r\n]*)\x22", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Line();

    /// <summary>A version may be a range, <c>[1.0, 2.0)</c>, or leave its end open, <c>1.*</c>.</summary>
    [GeneratedRegex(
        @"^nuget:[ \t]*(?<name>\w+([_.-]\w+)*)[ \t]*(,[ \t]*(?<version>[0-9*][0-9A-Za-z.+*-]*|[\[(][0-9A-Za-z.+*, \t-]+[\])])[ \t]*)?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
