using System.Security.Cryptography;
using System.Text;

namespace Workbook.Site.Pages;

/// <summary>Our own style and scripts, which live as files in the folder Assets and travel inside the assembly.</summary>
public static class SiteAssets
{
    /// <summary>The files that every site holds under <c>assets/</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["workbook.css", "workbook.js"];

    /// <summary>The script that sets the colours before the first paint; it stands in each page.</summary>
    public static string ThemeScript { get; } = Read("theme.js");

    /// <summary>Changes whenever one of the files does.</summary>
    public static string Version { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Names.Select(Read)))))[..10];

    /// <summary>The text of one file.</summary>
    /// <param name="name">Its name.</param>
    public static string Read(string name)
    {
        using var stream = typeof(SiteAssets).Assembly.GetManifestResourceStream("Assets/" + name)
            ?? throw new ArgumentException($"There is no asset {name}; the assets are {string.Join(", ", Names)}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
