using System.IO.Compression;

namespace Workbook.Site.Tests.Running;

/// <summary>A package source that is a folder, the only one that a notebook's folder knows.</summary>
internal sealed class TestFeed
{
    private readonly TemporaryFolder _folder;

    internal TestFeed(TemporaryFolder folder)
    {
        _folder = folder;
        Directory.CreateDirectory(Path.Combine(folder.Path, "feed"));
        folder.Write("NuGet.Config", """
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="feed" />
              </packageSources>
              <config>
                <add key="globalPackagesFolder" value="restored" />
              </config>
            </configuration>
            """);
    }

    /// <summary>Puts a package of one library into the source.</summary>
    internal void Add(string name, string version, string source, (string Name, string Version)? dependency = null)
    {
        var references = dependency is { } needed ? (string[])[Path.Combine(_folder.Path, "made", needed.Name + ".dll")] : [];
        Pack(name, version, TestLibrary.Compile(Path.Combine(_folder.Path, "made", name + ".dll"), source, references), dependency);
    }

    /// <summary>Puts a package into the source whose library is none.</summary>
    internal void AddBroken(string name, string version) => Pack(name, version, _folder.Write($"made/{name}.dll", "MZ, but no library"), null);

    /// <summary>Puts a package of one compiled library into the source.</summary>
    internal void Pack(string name, string version, string library, (string Name, string Version)? dependency = null)
    {
        using var package = ZipFile.Open(Path.Combine(_folder.Path, "feed", $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        package.CreateEntryFromFile(library, $"lib/net8.0/{name}.dll");
        using var writer = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open());
        writer.Write($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{name}</id><version>{version}</version><authors>us</authors><description>For a test.</description>
                <dependencies><group targetFramework="net8.0">
                  {(dependency is { } other ? $"<dependency id=\"{other.Name}\" version=\"{other.Version}\" />" : "")}
                </group></dependencies>
              </metadata>
            </package>
            """);
    }
}
