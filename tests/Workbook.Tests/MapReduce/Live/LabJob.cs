using System.Runtime.InteropServices;
using Workbook.MapReduce;
using Workbook.MapReduce.Real;
using static Workbook.Tests.MapReduce.MapReduceInputs;

namespace Workbook.Tests.MapReduce.Live;

/// <summary>One job in processes of its own: its input, its output, and what the processes printed.</summary>
internal sealed class LabJob : IAsyncDisposable
{
    /// <summary>Far more than any job here takes; only a test that fails waits so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private const int Reducers = 3;

    private readonly Folder _folder = new();
    private readonly List<string> _log = [];
    private LocalCluster? _cluster;

    public LabJob()
    {
        Notes = new LabNotes(_folder.Path);
        Workers = Path.Combine(_folder.Path, "workers");
    }

    public LabNotes Notes { get; }

    /// <summary>The folder that the notes of <see cref="LabApps"/> go to.</summary>
    public string NotesFolder => _folder.Path;

    public string Output => _folder.Output;

    /// <summary>The folder of the workers' folders.</summary>
    public string Workers { get; }

    public IReadOnlyList<string> Files { get; private set; } = [];

    public LocalCluster Cluster => _cluster!;

    /// <summary>What all processes have printed so far.</summary>
    public string Log
    {
        get
        {
            lock (_log) return string.Join('\n', _log);
        }
    }

    /// <summary>Eight files of Zipf text, as many as the lab has books, and those given.</summary>
    public LabJob With(params InputFile[] more)
    {
        Files = _folder.Write([.. Enumerable.Range(0, 8).Select(number => Zipf($"book{number}.txt", 20_000, 300, (ulong)number)), .. more]);
        return this;
    }

    /// <summary>Starts coordinator and workers.</summary>
    public async Task<LabJob> Start(string app, int workers = 3, string[]? coordinator = null, string[]? worker = null)
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        string[] appsFrom = ["--apps-from", typeof(LabApps).Assembly.Location];
        string[] job = ["--app", app, "--reducers", $"{Reducers}", "--output", Output, .. appsFrom, .. coordinator ?? [], .. Files];
        _cluster = await LocalCluster.StartAsync(new LocalClusterOptions(Program(), job)
        {
            Workers = workers,

            // A worker that comes when the job is over already, as one may on a busy machine, waits that long for its coordinator.
            Worker = ["--folder", Workers, .. appsFrom, .. worker ?? ["--give-up-after", "3"]],
            Log = line =>
            {
                lock (_log) _log.Add(line);
            },
        }).WaitAsync(Patience);
        return this;
    }

    /// <summary>Waits for the end, at which the output must be the sequential program's, byte for byte, and nothing else be left.</summary>
    public async Task EndsLike(Job oracle)
    {
        var exitCode = await Cluster.Ended.WaitAsync(Patience);
        Assert.True(exitCode == 0, Log);
        HasOutputOf(oracle);
        await Cluster.AllEnded().WaitAsync(Patience);
        HasOutputOf(oracle);
        Assert.Empty(_folder.Others([.. Files.Select(Path.GetFileName).OfType<string>(), "out", "workers", "notes", "open", "stalled"]));
    }

    /// <summary>The output is there now, whole and right.</summary>
    public void HasOutputOf(Job oracle)
    {
        var names = Enumerable.Range(0, Reducers).Select(reduce => $"mr-out-{reduce}").ToList();
        Assert.True(Directory.Exists(Output), Log);
        Assert.Equal(names, Directory.GetFileSystemEntries(Output).Select(Path.GetFileName).Order());
        Assert.Null(oracle.RunSequentially(Files, Reducers).DifferenceFrom([.. names.Select(name => File.ReadAllBytes(Path.Combine(Output, name)))]));
    }

    public IEnumerable<string> Leftovers() => Directory.EnumerateFileSystemEntries(_folder.Path, ".*").Select(path => Path.GetFileName(path));

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The program <c>workbook</c>, built beside these tests, under the runtime that they run on.</summary>
    private static string[] Program()
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.Combine(here.FullName, "../../../../../lib/Workbook.Cli/bin", here.Parent!.Name, here.Name, "Workbook.Cli.dll");
        return [Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"), Path.GetFullPath(program)];
    }
}
