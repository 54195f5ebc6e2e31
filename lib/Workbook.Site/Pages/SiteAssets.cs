using System.Security.Cryptography;
using System.Text;

namespace Workbook.Site.Pages;

/// <summary>Our own style and scripts, which live as files in the folder Assets and travel inside the assembly.</summary>
public static class SiteAssets
{
    /// <summary>The parts of the style, in the order in which they overrule each other.</summary>
    private static readonly string[] Styles =
    [
        "colours",
        "page",
        "bar",
        "lists",
        "text",
        "cells",
        "outputs",
        "search",
        "symbols",
        "foot",
        "first-page",
        "course",
        "narrow",
        "paper",
    ];

    /// <summary>The parts of the script. Each is a function that needs no other.</summary>
    private static readonly string[] Scripts =
    [
        "theme-switch",
        "sidebar",
        "contents",
        "copying",
        "scrolling",
        "folds",
        "figures",
        "answers",
        "search",
        "keys",
        "symbols",
        "listing",
    ];

    /// <summary>The files that every site holds under <c>assets/</c>: their names and texts.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["workbook.css"] = string.Join('\n', Styles.Select(name => Read($"style/{name}.css"))),
        ["workbook.js"] = "\"use strict\";\n\n" + string.Join('\n', Scripts.Select(name => Read($"script/{name}.js"))),
    };

    /// <summary>The script that sets the colours before the first paint; it stands in each page.</summary>
    public static string ThemeScript { get; } = Read("theme.js");

    /// <summary>The script that loads a page anew when it has been made anew; only a server puts it into pages.</summary>
    public static string LiveScript { get; } = Read("live.js");

    /// <summary>Changes whenever one of the files does.</summary>
    public static string Version { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Files.Values))))[..10];

    private static string Read(string name)
    {
        using var stream = typeof(SiteAssets).Assembly.GetManifestResourceStream("Assets/" + name)
            ?? throw new ArgumentException($"There is no asset {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
