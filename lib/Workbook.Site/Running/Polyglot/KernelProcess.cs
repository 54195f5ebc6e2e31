using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Workbook.Site.Running.Polyglot;

/// <summary>A process of .NET Interactive, spoken to over its standard streams, one JSON object a line.</summary>
internal sealed class KernelProcess : IAsyncDisposable
{
    /// <summary>Events that wait to be looked at; a kernel that says more at once waits itself.</summary>
    private const int MostWaiting = 1_000;

    private const int LongestExcuse = 4 << 10;

    private readonly Process _process;
    private readonly string _mark;
    private readonly Channel<KernelEvent> _events = Channel.CreateBounded<KernelEvent>(MostWaiting);
    private readonly KernelLines _lines;
    private readonly StringBuilder _beforeReady = new();
    private volatile bool _isReady;

    private KernelProcess(Process process, string mark, RunOptions options, Action<string> printError)
    {
        (_process, _mark) = (process, mark);
        // JSON writes some letters as six.
        _lines = new KernelLines(process.StandardOutput, (int)Math.Min(int.MaxValue / 4, (2 * options.DisplayLimitBytes) + (1 << 20)));
        Errors = new NativeOutput(process.StandardError, mark, text =>
        {
            if (_isReady)
                printError(text);
            else if (_beforeReady.Length < LongestExcuse)
                _beforeReady.Append(text);
        });
        _ = Task.Run(ReadAsync);
    }

    /// <summary>What the kernel tells, in order; complete when it has ended.</summary>
    internal ChannelReader<KernelEvent> Events => _events.Reader;

    /// <summary>What comes to standard error.</summary>
    internal NativeOutput Errors { get; }

    /// <summary>How many events were too long to be taken.</summary>
    internal int Lost => _lines.Lost;

    /// <exception cref="EngineException">It can't be started, or does not get ready.</exception>
    internal static async Task<KernelProcess> StartAsync(
        InteractiveTool tool, string folder, RunOptions options, Action<string> printError, CancellationToken cancellationToken)
    {
        var mark = $"workbook-{Guid.NewGuid():N}"[..24];
        KernelProcess kernel;
        try
        {
            kernel = new KernelProcess(Process.Start(StartInfo(tool, folder, mark))!, mark, options, printError);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new EngineException($"{tool.Program} could not be started: {error.Message}", error);
        }
        try
        {
            await kernel.ReadyAsync(options.StartTimeout, cancellationToken);
            return kernel;
        }
        catch
        {
            await kernel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks for a cell; a kernel that is gone shows by the end of its events.</summary>
    internal async Task SubmitAsync(string token, string code, CancellationToken cancellationToken)
    {
        var command = new JsonObject
        {
            ["token"] = token,
            ["commandType"] = "SubmitCode",
            ["command"] = new JsonObject { ["code"] = code, ["targetKernelName"] = "csharp" },
            ["routingSlip"] = new JsonArray(),
        };
        try
        {
            await _process.StandardInput.WriteAsync((command.ToJsonString() + "\n").AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // A kernel that does not read is one whose time will be up.
        }
    }

    /// <summary>The process and all that it has started, as they are now.</summary>
    internal ProcessTree Tree() => ProcessTree.Of(_process);

    internal async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Ends the kernel and all that it started, at once.</summary>
    internal void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It is gone already, or a child of it went while it was looked for.
        }
        Leftovers.Kill(HostProcess.MarkVariable, _mark);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        // Whoever waits to tell more must not wait for ever.
        _events.Writer.TryComplete();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(InteractiveTool tool, string folder, string mark)
    {
        var utf8 = new UTF8Encoding(false);
        var info = new ProcessStartInfo(tool.Program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        foreach (var argument in (string[])[.. tool.Arguments, "stdio", "--default-kernel", "csharp", "--working-dir", folder])
            info.ArgumentList.Add(argument);
        info.Environment["DOTNET_INTERACTIVE_SKIP_FIRST_TIME_EXPERIENCE"] = "1";
        info.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        info.Environment[HostProcess.MarkVariable] = mark;
        return info;
    }

    private async Task ReadyAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(atMost);
        try
        {
            // Greetings and news of first use come before.
            while ((await Events.ReadAsync(limit.Token)).Type != "KernelReady")
            {
            }
            _isReady = true;
        }
        catch (ChannelClosedException)
        {
            await Task.WhenAny(Errors.Ended, Task.Delay(TimeSpan.FromSeconds(5), cancellationToken));
            throw new EngineException($"The kernel of .NET Interactive ended before it was ready. {$"{_beforeReady}{Errors.LastWords}".Trim()}".Trim());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineException($"The kernel of .NET Interactive did not get ready in {Durations.Seconds(atMost)}.");
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _lines.ReadAsync() is { } line)
                await _events.Writer.WriteAsync(KernelEvent.Parse(line));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process is gone, and so is the stream.
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }
}
