using System.Diagnostics;
using System.Text.Json;

namespace Workbook.Site.Running.Packages;

/// <summary>What came of restoring packages: their files, or why they can't be had.</summary>
internal sealed record RestoreResult(RestoredPackages? Packages, string? Problem);

/// <summary>
/// Restores packages with <c>dotnet restore</c> and nothing else, so that sources, credentials and caches are those that
/// every other project of the reader uses; a NuGet.Config beside the notebook or above it counts as it would for a project there.
/// </summary>
internal sealed class PackageRestore(string notebookFolder, RunOptions options)
{
    /// <summary>Two notebooks that want the same wait for one restore.</summary>
    private static readonly Dictionary<string, SharedRestore> Running = [];

    private readonly string _cacheFolder = options.PackageCacheFolder
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "workbook", "packages");

    internal async Task<RestoreResult> RestoreAsync(IReadOnlyList<PackageDirective> packages, CancellationToken cancellationToken)
    {
        var project = new RestoreProject(notebookFolder, packages);
        var file = Path.Combine(_cacheFolder, project.Key + ".json");
        if (project.IsRepeatable && ReadCache(file) is { } known)
            return new RestoreResult(known with { Directives = [.. packages.Select(package => package.Text)] }, null);
        var restore = Join(project.Key, stop => RestoreNowAsync(project, file, stop));
        try
        {
            return await restore.Result.WaitAsync(cancellationToken);
        }
        finally
        {
            await LeaveAsync(project.Key, restore);
        }
    }

    private static SharedRestore Join(string key, Func<CancellationToken, Task<RestoreResult>> begin)
    {
        lock (Running)
        {
            if (!Running.TryGetValue(key, out var restore))
                Running[key] = restore = new SharedRestore(begin);
            restore.Waiting++;
            return restore;
        }
    }

    /// <summary>The last one to leave ends the restore, and waits until its process is gone.</summary>
    private static async Task LeaveAsync(string key, SharedRestore restore)
    {
        lock (Running)
        {
            if (--restore.Waiting > 0)
                return;
            Running.Remove(key);
        }
        await restore.EndAsync();
    }

    private async Task<RestoreResult> RestoreNowAsync(RestoreProject project, string cacheFile, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("workbook-packages-").FullName;
        try
        {
            project.Write(folder);
            var (exitCode, output) = await DotNetRestoreAsync(folder, stop);
            if (exitCode is null)
                return Failed(project, $"it took longer than {Durations.Seconds(options.RestoreTimeout)}.");
            if (project.Problem(exitCode.Value, output) is { } problem)
                return Failed(project, problem + ".");
            var directives = project.Packages.Select(package => package.Text).ToList();
            var restored = AssetsFile.Read(Path.Combine(folder, "obj", "project.assets.json"), directives);
            if (project.IsRepeatable)
                WriteCache(cacheFile, restored);
            return new RestoreResult(restored, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or System.ComponentModel.Win32Exception)
        {
            return Failed(project, error.Message);
        }
        finally
        {
            Delete(folder);
        }
    }

    private static RestoreResult Failed(RestoreProject project, string why) => new(null, $"{project.Names} could not be restored: {why}");

    private async Task<(int? ExitCode, string Output)> DotNetRestoreAsync(string folder, CancellationToken stop)
    {
        var info = new ProcessStartInfo(DotNet.Path) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
            ["restore", RestoreProject.FileName, "-nodeReuse:false", "-v:quiet", "-nologo", $"-p:RestoreRootConfigDirectory={notebookFolder}"];
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        info.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        info.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // A machine without network should learn so at once, not after minutes of patience.
        info.Environment["NUGET_ENABLE_ENHANCED_HTTP_RETRY"] = "true";
        info.Environment["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "2";
        info.Environment["NUGET_ENHANCED_NETWORK_RETRY_DELAY_MILLISECONDS"] = "200";
        using var process = Process.Start(info)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.RestoreTimeout);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, string.Concat(await output));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            stop.ThrowIfCancellationRequested();
            return (null, "");
        }
    }

    private static RestoredPackages? ReadCache(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var known = JsonSerializer.Deserialize(stream, ProtocolJson.Default.RestoredPackages);
            // Someone may have emptied the packages folder since.
            return known?.Assemblies.All(File.Exists) == true ? known : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private void WriteCache(string file, RestoredPackages restored)
    {
        Directory.CreateDirectory(_cacheFolder);
        var half = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllBytes(half, JsonSerializer.SerializeToUtf8Bytes(restored, ProtocolJson.Default.RestoredPackages));
        File.Move(half, file, overwrite: true);
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is in the folder for temporary files; the system will see to it.
        }
    }

    /// <summary>A restore that goes on, and how many wait for it.</summary>
    private sealed class SharedRestore
    {
        private readonly CancellationTokenSource _stop = new();

        public SharedRestore(Func<CancellationToken, Task<RestoreResult>> begin) => Result = Task.Run(() => begin(_stop.Token));

        public Task<RestoreResult> Result { get; }

        public int Waiting { get; set; }

        public async Task EndAsync()
        {
            await _stop.CancelAsync();
            await ((Task)Result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
