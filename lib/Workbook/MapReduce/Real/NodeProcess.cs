using System.Diagnostics;
using System.Text;

namespace Workbook.MapReduce.Real;

/// <summary>A process that was started with <c>workbook node …</c>, and what it prints.</summary>
internal sealed class NodeProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _saysSomething = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _firstLine;

    /// <param name="name">What its lines are marked with.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="log">Gets each line that it prints.</param>
    public NodeProcess(string name, IReadOnlyList<string> command, Action<string> log)
    {
        Name = name;
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data, log);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, log);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Ended = ExitCode();
    }

    public string Name { get; }

    /// <summary>The operating system's number for it.</summary>
    public int Id => _process.Id;

    /// <summary>Completes with its exit code, when all that it printed has been heard.</summary>
    public Task<int> Ended { get; }

    /// <summary>The first line that it prints; null when it ends without one.</summary>
    public async Task<string?> FirstLine(CancellationToken cancellation)
    {
        await Task.WhenAny(_saysSomething.Task, Ended).WaitAsync(cancellation).ConfigureAwait(false);
        return _firstLine;
    }

    /// <summary>Ends it between one instruction and the next (<c>kill -9</c>).</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    public void Dispose() => _process.Dispose();

    private void Hear(string? line, Action<string> log)
    {
        if (line is null) return;
        _firstLine ??= line;
        _saysSomething.TrySetResult();
        log($"{Name}: {line}");
    }

    private async Task<int> ExitCode()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }
}
