using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// The code of a test: <c>async</c>, in virtual time, on the run's one thread. It is no node of the run, and so stands in no picture.
/// </summary>
internal sealed class Script(Simulation run) : SynchronizationContext
{
    /// <summary>Runs code whose <c>await</c>s come back here.</summary>
    public void Enter(Action code)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            code();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public Task Sleep(TimeSpan length)
    {
        var awake = new TaskCompletionSource();
        run.At((run.Now + length).SinceStart, () => Enter(awake.SetResult));
        return awake.Task;
    }

    /// <summary>What was awaited completed in the middle of other code, that of a server perhaps: the test goes on after it.</summary>
    public override void Post(SendOrPostCallback code, object? state) => run.At(run.Now.SinceStart, () => Enter(() => code(state)));

    public override void Send(SendOrPostCallback code, object? state) => throw new NotSupportedException("A test has one thread.");
}
