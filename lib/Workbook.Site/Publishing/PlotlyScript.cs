using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Workbook.Site.Pages;

namespace Workbook.Site.Publishing;

/// <summary>
/// plotly.js for the pages: fetched once with npm, checked against the hash below and copied into each site. On a machine
/// without npm the pages link to a public copy instead, and browsers check the same hash.
/// </summary>
internal sealed class PlotlyScript(string cacheFolder)
{
    private const string Package = "plotly.js-dist-min";
    private const string Version = "4.1.2";

    /// <summary>The only bytes that are accepted, wherever they come from.</summary>
    private const string Sha384 = "hHv6D3tTUUBpp4tVv6t2Dc3oGuRhphmWOTKUR8jWyN0Pnon1g3iebKCNDNmKmxo8";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);

    /// <summary>The link of pages that have the script beside them, in <c>assets/</c>.</summary>
    public static PlotlyLink Local { get; } = new($"assets/plotly-{Version}.min.js", null);

    /// <summary>The link of pages made on a machine without npm.</summary>
    public static PlotlyLink Remote { get; } =
        new($"https://cdn.jsdelivr.net/npm/{Package}@{Version}/plotly.min.js", $"sha384-{Sha384}");

    private string File => Path.Combine(cacheFolder, $"plotly-{Version}.min.js");

    private string Refusal => Path.Combine(cacheFolder, "npm-failed");

    /// <summary>The script's file on this machine; null when npm is not there or could not fetch it.</summary>
    public async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        if (IsRight(File))
            return File;
        if (System.IO.File.Exists(Refusal) && DateTime.UtcNow - System.IO.File.GetLastWriteTimeUtc(Refusal) < RetryAfter)
            return null;
        var scratch = Path.Combine(cacheFolder, $"npm-{Guid.NewGuid():n}");
        try
        {
            Directory.CreateDirectory(scratch);
            if (await PackAsync(scratch, cancellationToken) && Unpack(scratch))
                return File;
            await System.IO.File.WriteAllTextAsync(Refusal, "npm could not fetch plotly.js; it is asked again after an hour.\n", cancellationToken);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
        finally
        {
            if (Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }
    }

    private static bool IsRight(string file)
    {
        if (!System.IO.File.Exists(file))
            return false;
        using var stream = System.IO.File.OpenRead(file);
        return Convert.ToBase64String(SHA384.HashData(stream)) == Sha384;
    }

    private static async Task<bool> PackAsync(string scratch, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            WorkingDirectory = scratch,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "pack", $"{Package}@{Version}", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=30000" })
            start.ArgumentList.Add(argument);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var npm = Process.Start(start)!;
            using var ends = limit.Token.Register(() => npm.Kill(entireProcessTree: true));
            await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(limit.Token), npm.StandardError.ReadToEndAsync(limit.Token));
            await npm.WaitForExitAsync(limit.Token);
            return npm.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private bool Unpack(string scratch)
    {
        var package = Directory.EnumerateFiles(scratch, "*.tgz").FirstOrDefault();
        if (package is null)
            return false;
        var candidate = Path.Combine(scratch, "plotly.js");
        using (var stream = System.IO.File.OpenRead(package))
        using (var plain = new GZipStream(stream, CompressionMode.Decompress))
        using (var archive = new TarReader(plain))
            while (archive.GetNextEntry() is { } entry)
                if (entry.Name == "package/plotly.min.js")
                    entry.ExtractToFile(candidate, overwrite: true);
        if (!IsRight(candidate))
            return false;
        System.IO.File.Move(candidate, File, overwrite: true);
        return true;
    }
}
