using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Workbook.Draw;

/// <summary>The page of a <see cref="Gallery"/>, and its way to the browser.</summary>
internal static class GalleryPage
{
    private const int LongestCaption = 100;

    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
        + "figure{margin:2rem 0;overflow-x:auto}figcaption{margin-bottom:.5rem}";

    public static string Html(string title, IEnumerable<(string Caption, string Html)> pictures)
    {
        var name = WebUtility.HtmlEncode(title);
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Append($"<title>{name}</title>\n<style>{Style}</style>\n</head>\n<body>\n<main>\n<h1>{name}</h1>\n");
        foreach (var (caption, html) in pictures)
            page.Append($"<figure>\n<figcaption><code>{WebUtility.HtmlEncode(Short(caption))}</code></figcaption>\n{html}\n</figure>\n");
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>Writes a page and opens it.</summary>
    /// <returns>One line that says where it is.</returns>
    public static string Publish(string html, int pictures, bool opens)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("workbook-").FullName, "pictures.html");
        File.WriteAllText(file, html);
        var isOpen = opens && HasDisplay && TryOpen(file);
        return $"{Words.Count(pictures, "picture")}: {file}{(isOpen ? "" : " (open it in a browser)")}";
    }

    /// <summary>Without a screen a browser in the terminal might open, and wait.</summary>
    private static bool HasDisplay =>
        !OperatingSystem.IsLinux() || ((string[])["DISPLAY", "WAYLAND_DISPLAY"]).Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    private static bool TryOpen(string file)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(file) { UseShellExecute = true });
            return true;
        }
        catch (Exception error) when (error is ExternalException or InvalidOperationException or FileNotFoundException)
        {
            return false;
        }
    }

    private static string Short(string caption)
    {
        var line = string.Join(' ', caption.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Words.Cut(line, LongestCaption);
    }
}
