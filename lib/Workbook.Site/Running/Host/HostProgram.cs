using System.IO.Pipes;

namespace Workbook.Site.Running.Host;

/// <summary>The process in which one notebook's cells run. It lives as long as the pipe to the runner that started it.</summary>
internal static class HostProgram
{
    /// <summary>The first argument by which the runner starts this program; the second names the pipe.</summary>
    internal const string Command = "run-cells";

    private static int Main(string[] args)
    {
        if (args is not [Command, var pipeName])
        {
            Console.Error.WriteLine("This program runs the cells of one notebook for `workbook`; use `workbook run FILE`.");
            return 2;
        }
        OwnProcessGroup.Found();
        foreach (var name in HostProcess.PrivateEnvironment)
            Environment.SetEnvironmentVariable(name, null);

        using var stream = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous);
        stream.Connect(TimeSpan.FromSeconds(20));
        using var pipe = new MessagePipe<HostReport, HostRequest>(stream, ProtocolJson.Default.HostReport, ProtocolJson.Default.HostRequest);
        if (pipe.Receive() is StartNotebook start)
            Serve(pipe, new HostSession(pipe, start, mark: pipeName));
        // The runner is gone or has what it wanted; what cells have started must not outlive this process.
        OwnProcessGroup.End();
        return 0;
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
