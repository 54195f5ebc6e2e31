using System.Diagnostics;
using Workbook.Sim;

namespace Workbook.Live;

/// <summary>
/// The one thread of a live node: it does what is posted to it, and what its timers are set for, one thing after the
/// other. It is the synchronization context of the process's <c>async</c> code, so that this comes back to it too.
/// </summary>
internal sealed class EventLoop : SynchronizationContext
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly EventQueue _timers = new();
    private readonly Queue<Action> _posted = new();
    private readonly object _gate = new();
    private int _thread;
    private volatile bool _isOver;

    /// <summary>Time since the node began, on a clock that nobody sets.</summary>
    public Instant Now => new(Stopwatch.GetElapsedTime(_start).Ticks);

    /// <summary>Makes this thread the loop's until <see cref="Stop"/>, or until something that it does throws.</summary>
    public void Run()
    {
        _thread = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        try
        {
            // One timer, then one post, in turn: neither can keep the other waiting for ever.
            while (!_isOver)
            {
                if (_timers.Peek() is { } timer && timer.Due <= Now)
                {
                    _timers.TakeFirst();
                    timer.Happen();
                }

                if (NextPosted() is { } code) code();
            }
        }
        finally
        {
            Stop();
            SetSynchronizationContext(null);
        }
    }

    /// <summary>From any thread: lets what runs now come to its end, and nothing after it.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isOver = true;
            _posted.Clear();
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>From any thread: runs the code on the loop's, unless it has stopped.</summary>
    public void Post(Action code)
    {
        lock (_gate)
        {
            if (_isOver) return;
            _posted.Enqueue(code);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Like <see cref="Post(Action)"/>; the task completes, elsewhere, when the code has run.</summary>
    public Task PostAndWait(Action code)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            code();
            done.SetResult();
        });
        return done.Task;
    }

    public override void Post(SendOrPostCallback code, object? state) => Post(() => code(state));

    public override void Send(SendOrPostCallback code, object? state) =>
        throw new NotSupportedException("A process has one thread; nothing can be run on it from outside.");

    /// <summary>Plans something; only on the loop's own thread.</summary>
    public void Schedule(TimeSpan delay, SimEvent happening)
    {
        RequireOwnThread();
        _timers.Add(Now + delay, happening);
    }

    /// <summary>Plans something anew, whether it has happened or not.</summary>
    public void Replan(TimeSpan delay, SimEvent happening)
    {
        RequireOwnThread();
        _timers.Replan(Now + delay, happening);
    }

    /// <summary>Takes back what was planned and has not happened yet.</summary>
    public void Cancel(SimEvent happening)
    {
        RequireOwnThread();
        _timers.Cancel(happening);
    }

    /// <summary>Refuses code of a process that has strayed to another thread.</summary>
    public void RequireOwnThread()
    {
        if (Environment.CurrentManagedThreadId == _thread) return;
        throw new InvalidOperationException(
            "A process reached out from a thread that is not its own. Await what runs elsewhere, without ConfigureAwait(false), " +
            "and go on from there.");
    }

    /// <summary>Waits for a post, but not past the next timer; null when there is none.</summary>
    private Action? NextPosted()
    {
        lock (_gate)
        {
            if (_posted.Count == 0 && !_isOver) Monitor.Wait(_gate, UntilNextTimer());
            return _posted.TryDequeue(out var code) ? code : null;
        }
    }

    private int UntilNextTimer()
    {
        if (_timers.Peek() is not { } next) return Timeout.Infinite;
        return (int)Math.Clamp(Math.Ceiling((next.Due - Now).TotalMilliseconds), 0, int.MaxValue);
    }
}

/// <summary>A timer of a live process.</summary>
internal sealed class LiveTimer(EventLoop loop, Action action) : SimEvent
{
    private readonly EventLoop _loop = loop;

    public override void Happen() => action();

    /// <summary>The timer as its process sees it.</summary>
    public sealed class Handle(LiveTimer timer) : Alarm
    {
        public override bool IsPending => timer.IsPlanned;

        public override void Cancel() => timer.Cancel();

        public override void Restart(TimeSpan delay) => timer._loop.Replan(Life.Ahead(delay), timer);
    }

    public void Cancel()
    {
        if (IsPlanned) _loop.Cancel(this);
    }
}
