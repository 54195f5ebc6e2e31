using System.Net;
using System.Text;
using Workbook.Check;

namespace Workbook.Cli.Commands;

/// <summary>
/// The page that <c>workbook check --html</c> writes. It appears in one step: a file of another name is opened before the search begins, so
/// that what cannot be written is known early, and takes the page's name when it is whole.
/// </summary>
internal sealed class VerdictPage : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private FileStream? _file;

    private VerdictPage(string path)
    {
        _path = path;
        _temporary = $"{path}.{Environment.ProcessId}.tmp";
        _file = new(_temporary, FileMode.CreateNew, FileAccess.Write);
    }

    public static VerdictPage At(string path, HistoryFile history)
    {
        try
        {
            var full = Path.GetFullPath(path);
            if (full == history.FullPath) throw new CheckInputException($"--html {path} would overwrite the history; give another name.");
            if (Directory.Exists(full)) throw new CheckInputException($"--html {path} is a folder; give the name of a file.");
            if (!Directory.Exists(Path.GetDirectoryName(full))) throw new CheckInputException($"--html {path} is in a folder that is not there; make it first.");
            return new(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CheckInputException($"--html {path} cannot be written: {error.Message}");
        }
    }

    /// <summary>False when the page could not be written after all, which is then said: the verdict stands printed already.</summary>
    public bool Write(Linearizability verdict, string name)
    {
        try
        {
            _file!.Write(Encoding.UTF8.GetBytes(Page(verdict, name)));
            _file.Flush(flushToDisk: true);
            Close();
            File.Move(_temporary, _path, overwrite: true);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"--html {_path} cannot be written: {error.Message}");
            return false;
        }
    }

    /// <summary>What was not written whole leaves nothing behind.</summary>
    public void Dispose()
    {
        Close();
        if (File.Exists(_temporary)) File.Delete(_temporary);
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private static string Page(Linearizability verdict, string name)
    {
        var title = WebUtility.HtmlEncode($"{verdict.Verdict.ToString().ToLowerInvariant()}: {Path.GetFileName(name)}");
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{{title}}</title>
            <style>
            :root { color-scheme: light dark; }
            body { margin: 24px auto; padding: 0 16px; max-width: 1400px; background: #ffffff; color: #1f2328;
              font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; overflow-wrap: anywhere; }
            pre { white-space: pre-wrap; font-size: 13px; }
            @media (prefers-color-scheme: dark) { body { background: #16181d; color: #e6edf3; } }
            </style>
            </head>
            <body>
            <h1 style="font-size:1.3rem">{{WebUtility.HtmlEncode(name)}}</h1>
            {{verdict.ToMimeBundle().Html}}
            <details><summary>In words</summary><pre>{{WebUtility.HtmlEncode(verdict.ToMimeBundle().Plain)}}</pre></details>
            </body>
            </html>

            """;
    }
}
