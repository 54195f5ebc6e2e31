using System.Diagnostics;
using System.IO.Pipes;

namespace Workbook.Site.Running.Host;

/// <summary>The process in which one notebook's cells run. It lives as long as the pipe to the runner that started it.</summary>
internal static class HostProgram
{
    /// <summary>The first argument by which the runner starts this program; the second names the pipe, the third is the runner's process id.</summary>
    internal const string Command = "run-cells";

    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.2);

    private static int Main(string[] args)
    {
        if (args is not [Command, var pipeName, var runner] || !int.TryParse(runner, out var runnerId))
        {
            Console.Error.WriteLine("This program runs the cells of one notebook for `workbook`; use `workbook run FILE`.");
            return 2;
        }
        OwnProcessGroup.Found();
        foreach (var name in HostProcess.PrivateEnvironment)
            Environment.SetEnvironmentVariable(name, null);

        using var stream = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous);
        if (!IsConnected(stream, runnerId))
            return 2;
        using var pipe = new MessagePipe<HostReport, HostRequest>(stream, ProtocolJson.Default.HostReport, ProtocolJson.Default.HostRequest);
        if (pipe.Receive() is StartNotebook start)
            Serve(pipe, new HostSession(pipe, start, mark: pipeName));
        // The runner is gone or has what it wanted; what cells have started must not outlive this process.
        Leftovers.Kill(HostProcess.MarkVariable, pipeName);
        OwnProcessGroup.End();
        return 0;
    }

    /// <summary>Connects to the runner, unless that is gone before it can.</summary>
    private static bool IsConnected(NamedPipeClientStream stream, int runner)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < LongestConnect && OwnProcessGroup.IsChildOf(runner);)
        {
            try
            {
                stream.Connect(LookEvery);
                return true;
            }
            catch (TimeoutException)
            {
                // The runner is slow, or it was killed.
            }
        }
        return false;
    }

    /// <summary>Reads requests on this thread, of which no cell can make use, so that the pipe's end is noticed whatever a cell does.</summary>
    private static void Serve(MessagePipe<HostReport, HostRequest> pipe, HostSession session)
    {
        while (pipe.Receive() is { } request)
        {
            if (request is RunCell cell)
                session.Begin(cell);
        }
    }
}
