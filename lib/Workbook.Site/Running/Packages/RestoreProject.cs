using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Workbook.Site.Running.Packages;

/// <summary>A project that does nothing but ask for packages.</summary>
internal sealed partial class RestoreProject
{
    internal const string FileName = "packages.csproj";
    private readonly string _text;

    internal RestoreProject(string notebookFolder, IReadOnlyList<PackageDirective> packages)
    {
        Packages = packages;
        _text = Text(packages);
        Key = KeyOf([_text, .. ConfigFiles(notebookFolder)]);
    }

    internal IReadOnlyList<PackageDirective> Packages { get; }

    /// <summary>The same for the same packages, machine and NuGet.Config files.</summary>
    internal string Key { get; }

    /// <summary>Whether asking again must give the same: the newest version changes.</summary>
    internal bool IsRepeatable => Packages.All(package => package.Version is { } version && !version.Contains('*'));

    internal string Names => string.Join(", ", Packages);

    internal void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, FileName), _text);
        // Nothing that lies above the folder for temporary files has a say.
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            File.WriteAllText(Path.Combine(folder, name), "<Project />");
    }

    /// <summary>What is wrong, in half a sentence, or null.</summary>
    internal string? Problem(int exitCode, string output)
    {
        var messages = Message().Matches(output)
            .Select(match => (Code: match.Groups["code"].Value, Text: match.Groups["text"].Value)).Distinct().ToList();
        foreach (var (code, text) in messages)
        {
            switch (code)
            {
                case "NU1101":
                    return $"no package source has {Quoted(text) ?? "it"}";
                case "NU1102":
                    return $"no package source has that version of {Quoted(text) ?? "it"}";
                case "NU1301":
                    return "a package source can't be reached";
                // Another version was taken instead: for a package that the cell itself names, that is not what the author wrote.
                case "NU1603" when Packages.FirstOrDefault(package => IsAskedFor(package, text)) is { } wanted:
                    return $"no package source has version {wanted.Version} of {wanted.Name}";
            }
        }
        return exitCode == 0 ? null : messages.Count > 0 ? messages[0].Text.TrimEnd('.') : "dotnet restore failed";
    }

    private static bool IsAskedFor(PackageDirective package, string text) =>
        text.StartsWith($"{Path.GetFileNameWithoutExtension(FileName)} depends on {package.Name} (", StringComparison.OrdinalIgnoreCase);

    private static string? Quoted(string text) => PackageName().Match(text) is { Success: true, Groups: [_, var name] } ? name.Value : null;

    private static string Text(IReadOnlyList<PackageDirective> packages) => new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement("PropertyGroup",
            new XElement("TargetFramework", $"net{Environment.Version.Major}.{Environment.Version.Minor}"),
            // One machine's runtime assets only, native ones included.
            new XElement("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
            new XElement("SelfContained", false),
            new XElement("UseAppHost", false),
            new XElement("NuGetAudit", false),
            new XElement("DisableImplicitLibraryPacksFolder", true)),
        new XElement("ItemGroup", packages.Select(package => new XElement(
            "PackageReference", new XAttribute("Include", package.Name), new XAttribute("Version", package.Version ?? "*"))))).ToString();

    /// <summary>The texts of the NuGet.Config files that restoring would find at or above a folder.</summary>
    private static IEnumerable<string> ConfigFiles(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is { Exists: true }; at = at.Parent)
        {
            foreach (var name in (string[])["nuget.config", "NuGet.config", "NuGet.Config"])
            {
                var file = Path.Combine(at.FullName, name);
                if (File.Exists(file))
                    yield return file + "\n" + File.ReadAllText(file);
            }
        }
    }

    private static string KeyOf(IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join("\n\n", texts))))[..24];

    [GeneratedRegex(@"(error|warning)\s+(?<code>NU\d+):\s*(?<text>.*?)(\s*\[[^\]]*\])?\s*$", RegexOptions.Multiline)]
    private static partial Regex Message();

    [GeneratedRegex(@"Unable to find (?:a stable )?package (\S+?)\.?(?:\s|$)")]
    private static partial Regex PackageName();
}
