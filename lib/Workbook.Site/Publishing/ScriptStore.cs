using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Workbook.Site.Publishing;

/// <summary>
/// The scripts of others, on this machine: each is fetched once with npm and checked against its hash, then copied into each site.
/// </summary>
/// <param name="folder">Where they are kept.</param>
internal sealed class ScriptStore(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);

    /// <summary>The script's file on this machine; null when npm is not there or could not fetch it.</summary>
    public async Task<string?> FindAsync(PinnedScript script, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, script.Name);
        var refusal = file + ".npm-failed";
        if (IsRight(script, file))
            return file;
        if (File.Exists(refusal) && DateTime.UtcNow - File.GetLastWriteTimeUtc(refusal) < RetryAfter)
            return null;
        var scratch = Path.Combine(folder, $"npm-{Guid.NewGuid():n}");
        try
        {
            Directory.CreateDirectory(scratch);
            if (await PackAsync(script, scratch, cancellationToken) && Unpack(script, scratch) is { } unpacked)
            {
                File.Move(unpacked, file, overwrite: true);
                return file;
            }
            await File.WriteAllTextAsync(refusal, $"npm could not fetch {script.Package}; it is asked again after an hour.\n", cancellationToken);
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

    private static bool IsRight(PinnedScript script, string file)
    {
        if (!File.Exists(file))
            return false;
        using var stream = File.OpenRead(file);
        return Convert.ToBase64String(SHA384.HashData(stream)) == script.Sha384;
    }

    private static async Task<bool> PackAsync(PinnedScript script, string scratch, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            WorkingDirectory = scratch,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "pack", $"{script.Package}@{script.Version}", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=30000" })
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

    private static string? Unpack(PinnedScript script, string scratch)
    {
        var package = Directory.EnumerateFiles(scratch, "*.tgz").FirstOrDefault();
        if (package is null)
            return null;
        var candidate = Path.Combine(scratch, script.Name);
        using (var stream = File.OpenRead(package))
        using (var plain = new GZipStream(stream, CompressionMode.Decompress))
        using (var archive = new TarReader(plain))
            while (archive.GetNextEntry() is { } entry)
                if (entry.Name == "package/" + script.Path)
                    entry.ExtractToFile(candidate, overwrite: true);
        return IsRight(script, candidate) ? candidate : null;
    }
}
