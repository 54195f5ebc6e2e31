using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Threading.Channels;
using Workbook.Site.Running.Host;

namespace Workbook.Site.Running;

/// <summary>The process that runs one notebook's cells, seen from the runner: what it is asked, what it tells, and its end.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    /// <summary>In the environment of the process and of all that it starts: the name of its pipe.</summary>
    internal const string MarkVariable = "WORKBOOK_NOTEBOOK_PROCESS";
    private const string HeapLimitVariable = "DOTNET_GCHeapHardLimit";

    /// <summary>What is set for this process alone, and must not reach the programs that cells start.</summary>
    internal static readonly string[] PrivateEnvironment = [HeapLimitVariable];

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly string _mark;
    private readonly MessagePipe<HostRequest, HostReport> _pipe;
    private readonly Channel<HostReport> _reports = Channel.CreateUnbounded<HostReport>();

    private HostProcess(Process process, string mark, Stream stream, Action<bool, string> print)
    {
        _process = process;
        _mark = mark;
        _pipe = new(stream, ProtocolJson.Default.HostRequest, ProtocolJson.Default.HostReport);
        Output = new NativeOutput(process.StandardOutput, mark, text => print(false, text));
        Errors = new NativeOutput(process.StandardError, mark, text => print(true, text));
        new Thread(ReadReports) { IsBackground = true, Name = "notebook reports" }.Start();
    }

    /// <summary>What the process tells, in order; complete when it has ended.</summary>
    internal ChannelReader<HostReport> Reports => _reports.Reader;

    /// <summary>What reaches standard output past the console of .NET: from native code and from programs that cells start.</summary>
    internal NativeOutput Output { get; }

    /// <summary>The same for standard error.</summary>
    internal NativeOutput Errors { get; }

    /// <param name="folder">The notebook's folder, which becomes the working directory.</param>
    /// <param name="options">The limits.</param>
    /// <param name="print">Takes what comes to standard output (false) and error (true) past the console of .NET; called on any thread.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    internal static async Task<HostProcess> StartAsync(
        string folder, RunOptions options, Action<bool, string> print, CancellationToken cancellationToken)
    {
        var name = $"workbook-{Guid.NewGuid():N}"[..24];
        var server = Listen(name);
        Process? process = null;
        try
        {
            process = Process.Start(StartInfo(name, folder, options)) ?? throw new InvalidOperationException("the process was not started");
            // A cell that reads the console finds its end, and does not wait for ever.
            process.StandardInput.Close();
            await ConnectAsync(server, process, cancellationToken);
            return new HostProcess(process, name, server, print);
        }
        catch (Exception error)
        {
            await server.DisposeAsync();
            process?.Kill(entireProcessTree: true);
            process?.Dispose();
            if (error is System.ComponentModel.Win32Exception)
                throw new InvalidOperationException($"The process that runs cells could not be started: {error.Message}", error);
            throw;
        }
    }

    /// <summary>Waits until the first cell can be run, so that the time it takes is its own.</summary>
    internal async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestStart);
        try
        {
            if (await Reports.ReadAsync(limit.Token) is Ready)
                return;
        }
        catch (Exception error) when (error is ChannelClosedException || !cancellationToken.IsCancellationRequested)
        {
        }
        throw new InvalidOperationException($"The process that runs cells did not get ready. {Errors.LastWords}".Trim());
    }

    /// <summary>Asks for something; a process that is gone shows by the end of its reports.</summary>
    internal void Ask(HostRequest request)
    {
        try
        {
            _pipe.Send(request);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Ends the process and all that it started, at once.</summary>
    internal void Kill()
    {
        // Asked for first: those below a process that has ended are its no more.
        var tree = _process.HasExited ? null : ProcessTree.Of(_process);
        OwnProcessGroup.End(_process.Id);
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It is gone already, or a child of it went while it was looked for.
        }
        tree?.Kill();
        Leftovers.Kill(MarkVariable, _mark);
    }

    /// <summary>The exit code, once the process has ended.</summary>
    internal async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>The process and all that it has started, as they are now.</summary>
    internal ProcessTree Tree() => ProcessTree.Of(_process);

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _pipe.Dispose();
        _process.Dispose();
    }

    private static async Task ConnectAsync(NamedPipeServerStream server, Process process, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestStart);
        var exit = process.WaitForExitAsync(limit.Token);
        var connection = server.WaitForConnectionAsync(limit.Token);
        var first = await Task.WhenAny(connection, exit);
        cancellationToken.ThrowIfCancellationRequested();
        if (first == connection && connection.IsCompletedSuccessfully)
            return;
        var said = process.HasExited ? await process.StandardError.ReadToEndAsync(cancellationToken) : "it did not answer";
        throw new InvalidOperationException($"The process that runs cells could not be started: {said.Trim()}");
    }

    private static NamedPipeServerStream Listen(string name)
    {
        try
        {
            return new NamedPipeServerStream(
                name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        }
        catch (Exception error) when (error is ArgumentException or IOException or System.Net.Sockets.SocketException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"The process that runs cells can't be talked to ({error.Message.ReplaceLineEndings(" ").TrimEnd('.')}); "
                + $"give the variable TMPDIR a short folder that can be written, instead of {Path.GetTempPath()}.", error);
        }
    }

    private static ProcessStartInfo StartInfo(string pipeName, string folder, RunOptions options)
    {
        var program = typeof(HostProcess).Assembly.Location;
        var info = new ProcessStartInfo(DotNet.Path)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        foreach (var argument in (string[])["exec", program, HostProgram.Command, pipeName, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)])
            info.ArgumentList.Add(argument);
        info.Environment[MarkVariable] = pipeName;
        // Cells make much that lives briefly: a large nursery nearly halves a simulation's time. The runtime wants sizes in hexadecimal.
        var nursery = Math.Min(128L << 20, options.MemoryLimitBytes / 32);
        info.Environment["DOTNET_GCgen0size"] = nursery.ToString("X", CultureInfo.InvariantCulture);
        // Pages that are never writable and executable at once cost a process that compiles much; what else is set stands in the project file.
        info.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        info.Environment[HeapLimitVariable] = options.MemoryLimitBytes.ToString("X", CultureInfo.InvariantCulture);
        return info;
    }

    private void ReadReports()
    {
        while (_pipe.Receive() is { } report)
            _reports.Writer.TryWrite(report);
        _reports.Writer.Complete();
    }
}
