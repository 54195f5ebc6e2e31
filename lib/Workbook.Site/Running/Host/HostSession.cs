using System.Text;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Running.Host;

/// <summary>Runs the cells that the runner asks for, one after another, and tells what comes of them.</summary>
internal sealed class HostSession
{
    private readonly MessagePipe<HostReport, HostRequest> _pipe;
    private readonly CellStage _stage;
    private readonly byte[] _mark;
    private readonly Stream[] _standardStreams = [Console.OpenStandardOutput(), Console.OpenStandardError()];
    private readonly Task<CellEngine> _engine;
    private Task _running = Task.CompletedTask;

    internal HostSession(MessagePipe<HostReport, HostRequest> pipe, StartNotebook start, string mark)
    {
        _mark = Encoding.ASCII.GetBytes(mark + "\n");
        _pipe = pipe;
        _stage = new CellStage(pipe.Send, start);
        CellFunctions.Stage = _stage;
        _engine = Task.Run(() => WarmUpAsync(start.Folder));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave(new ProcessExits(Environment.ExitCode));
        AppDomain.CurrentDomain.UnhandledException += (_, thrown) =>
            Leave(new ProcessFails(CellErrors.From(thrown.ExceptionObject as Exception ?? new InvalidOperationException("not an exception"))));
    }

    internal void Begin(RunCell cell) => _running = RunAfterAsync(_running, cell);

    private async Task<CellEngine> WarmUpAsync(string folder)
    {
        var engine = await CellEngine.StartAsync(folder, _stage);
        _pipe.Send(new Ready());
        return engine;
    }

    private async Task RunAfterAsync(Task previous, RunCell cell)
    {
        await previous;
        var engine = await _engine;
        _stage.Raise();
        // On a pool thread, as in .NET Interactive: cells find no synchronization context.
        var ended = await Task.Run(() => EndOfAsync(engine, cell));
        _stage.Lower();
        MarkStandardStreams();
        _pipe.Send(ended);
    }

    private static async Task<CellEnded> EndOfAsync(CellEngine engine, RunCell cell)
    {
        try
        {
            return await engine.RunAsync(cell);
        }
        catch (Exception error)
        {
            var output = CellErrors.From(error);
            return new CellEnded(CellOutcome.Failed, CellErrors.Sentence(output), [output]);
        }
    }

    /// <summary>What native code has written comes to the runner on other ways than reports do; marks tell it how far a cell goes.</summary>
    private void MarkStandardStreams()
    {
        foreach (var stream in _standardStreams)
        {
            try
            {
                stream.Write(_mark);
                stream.Flush();
            }
            catch (IOException)
            {
                // A cell has closed it.
            }
        }
    }

    private void Leave(HostReport lastWords)
    {
        try
        {
            _stage.Flush();
            _pipe.Send(lastWords);
        }
        catch (IOException)
        {
            // The runner went first.
        }
    }
}
