using System.Text.RegularExpressions;

namespace Workbook.Site.Running.Packages;

/// <summary>A package that a cell asks for by <c>#r "nuget: Name, Version"</c>.</summary>
/// <param name="Text">What stands between the quotes.</param>
/// <param name="Name">The package's id.</param>
/// <param name="Version">The version, or null for the newest.</param>
internal sealed partial record PackageDirective(string Text, string Name, string? Version)
{
    /// <summary>Name and version as one would say them.</summary>
    public override string ToString() => Version is null ? Name : $"{Name} {Version}";

    /// <summary>The packages that a cell asks for, in order.</summary>
    internal static IReadOnlyList<PackageDirective> In(string source) => source.Contains("nuget:", StringComparison.OrdinalIgnoreCase)
        ? [.. Pattern().Matches(source).Select(match => From(match.Groups))]
        : [];

    private static PackageDirective From(GroupCollection groups) => new(
        groups["text"].Value, groups["name"].Value, groups["version"] is { Success: true, Value: var version } ? version : null);

    [GeneratedRegex(
        @"^[ \t]*#r[ \t]+\x22(?<text>nuget:[ \t]*(?<name>[^\x22,\s]+)[ \t]*(,[ \t]*(?<version>[^\x22]*?)[ \t]*)?)\x22",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
