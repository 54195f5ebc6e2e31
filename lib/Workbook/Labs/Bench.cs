using System.Globalization;
using System.Runtime.ExceptionServices;
using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// A test bench in virtual time: the labs' <c>config</c>. It boots servers, breaks and mends what is around them, and plays the test's own code beside them.
/// Whatever the servers do, throw or loop, the test comes to an end with one sentence.
/// </summary>
public abstract partial class Bench
{
    /// <summary>The labs' own measure: by then there is a new leader. They ask for elections well within 5 s, and wait in units of this second.</summary>
    public static readonly TimeSpan ElectionTimeout = 1.Seconds();

    /// <summary>No test takes longer than that, in virtual time.</summary>
    public static readonly TimeSpan LongestTest = 120.Seconds();

    /// <summary>A server that does more than that in a second of virtual time runs in circles; the labs' tests come to some thousands.</summary>
    private const long MostEventsInOneSecond = 500_000;

    private readonly Script _script;
    private LabFailure? _failure;
    private long _second;
    private long _eventsBefore;
    private SimEvent? _happening;

    /// <summary>A bench without servers yet.</summary>
    protected Bench(BenchSetting setting)
    {
        Setting = setting;
        Run = new Simulation(setting.Schedule, Reliable) { OwnThread = Environment.CurrentManagedThreadId };
        Random = Run.Random.Fork("test");
        Run.BeforeEach += happening => _happening = happening;
        _script = new Script(Run);
        Traffic = new Traffic(this);
        setting.Stage?.Enter(this);
    }

    /// <summary>The run underneath: network, disks, trace.</summary>
    public Simulation Run { get; }

    /// <summary>The names of the servers.</summary>
    public abstract IReadOnlyList<NodeId> Servers { get; }

    /// <summary>
    /// The test's own draws; inside <see cref="Rounds"/> each round has a stream of its own, so that leaving one out does not move the others.
    /// </summary>
    public Rng Random { get; private set; }

    /// <summary>What has been sent so far, and whether it was left as it was sent.</summary>
    public Traffic Traffic { get; }

    /// <summary>How long a server may take over one event, in real time.</summary>
    internal TimeSpan Patience => Setting.Patience;

    /// <summary>Whether what runs now may have come back from an <c>await</c>, and not straight from a message or a timer.</summary>
    internal bool IsInAsyncCode => _happening is not (null or AlarmEvent or Delivery { Kind: not DeliveryKind.Reply });

    /// <summary>How this run is made.</summary>
    protected BenchSetting Setting { get; }

    /// <summary>Records what the servers are after each event; null where nobody asked for that.</summary>
    private protected virtual Parts.ReplayRecorder? Recorder => null;

    /// <summary>What clients did and saw; null in a test without clients.</summary>
    private protected virtual History? Seen => null;

    /// <summary>What the test came across: its <em>sometimes</em> properties.</summary>
    protected List<string> Met { get; } = [];

    /// <summary>Boots the servers.</summary>
    protected abstract void Begin();

    /// <summary>The test.</summary>
    protected abstract Task Script();

    /// <summary>Looks at the servers after each event.</summary>
    protected virtual void AfterEvent()
    {
    }

    /// <summary>Looks at what has been seen so far: nothing is left to happen, or the run was cut off to make it smaller.</summary>
    protected virtual void AtTheEnd()
    {
    }

    /// <summary>Lets that much time pass.</summary>
    public Task Sleep(TimeSpan length) => _script.Sleep(length);

    /// <summary>Several pieces of the test at once; completes with the last of them.</summary>
    public Task Together(IEnumerable<Func<Task>> pieces) => Task.WhenAll([.. pieces.Select(piece => piece())]);

    /// <summary>Waits until the condition holds, and looks every 10 ms; says whether it came to hold in time.</summary>
    public async Task<bool> Until(Func<bool> condition, TimeSpan atMost)
    {
        var end = Run.Now + atMost;
        while (!condition())
        {
            if (Run.Now >= end) return false;
            await Sleep(10.Milliseconds());
        }

        return true;
    }

    /// <summary>Ends the test: it failed.</summary>
    /// <param name="kind">What was broken, in a word or two.</param>
    /// <param name="sentence">What was seen, and on which server; the time comes by itself.</param>
    /// <param name="isCertain">Whether it is wrong whatever the test did before.</param>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public void Fail(string kind, string sentence, bool isCertain = false)
    {
        Report(kind, sentence, isCertain);
        throw new LabFailedException(sentence);
    }

    /// <summary>Notes that the test failed, from outside its own code; the first failure counts.</summary>
    /// <param name="kind">What was broken, in a word or two.</param>
    /// <param name="sentence">What was seen, and on which server; the time comes by itself.</param>
    /// <param name="isCertain">Whether it is wrong whatever the test did before.</param>
    internal void Report(string kind, string sentence, bool isCertain = true) =>
        _failure ??= new LabFailure(kind, $"At {Seconds(Run.Now)} s: {sentence}", isCertain);

    /// <summary>Notes something that the test came across: a <em>sometimes</em> property that came true.</summary>
    public void Came(string what) => Met.Add(what);

    /// <summary>Plays the test to its end.</summary>
    internal LabRun Play(LabTest test)
    {
        try
        {
            Begin();
            Task? script = null;
            _script.Enter(() => script = Script());
            while (!script!.IsCompleted && _failure is null) Step();
            if (_failure is null && script.Exception is { } wrong) ExceptionDispatchInfo.Throw(wrong.InnerException!);
        }
        catch (SimulationException error)
        {
            Report("Exception", Thrown.Sentence(error));
        }
        finally
        {
            Run.OwnThread = 0;
        }

        return Result(test, _failure);
    }

    /// <summary>The result of a run that somebody else found to stand still.</summary>
    internal LabRun GivenUp(LabTest test)
    {
        var server = Run.LastRan is { } node ? $"{node.Id}" : "a server";
        return Result(test, new LabFailure("Standstill", FormattableString.Invariant(
            $"At {Seconds(Run.Now)} s: {server} has not come back from its own code for {Patience.TotalSeconds:0.#} s of real time, and virtual time stands still meanwhile. ")
            + "It loops without ever awaiting, or blocks the one thread there is (.Result, .Wait(), a thread put to sleep, a lock): use await, Sleep, After.", IsCertain: true)
        { CanBeRepeated = !IsInAsyncCode });
    }

    /// <summary>What a seed decides besides the failure; for the table of rules.</summary>
    private protected virtual (string? Property, long Events) Figure3 => (null, 0);

    private static string Seconds(Instant time) => time.SinceStart.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private void Step()
    {
        Setting.Stage?.ThrowIfStopped();
        if (!Run.Step())
        {
            AtTheEnd();
            Report("Silence", "nothing is left to happen, and the test still waits.");
            return;
        }

        if (Run.Now.Ticks / TimeSpan.TicksPerSecond != _second) (_second, _eventsBefore) = (Run.Now.Ticks / TimeSpan.TicksPerSecond, Run.Events);
        if (Run.Events - _eventsBefore > MostEventsInOneSecond)
        {
            Report("Circles", $"more than {MostEventsInOneSecond:N0} events in one second of virtual time, the last on {Run.LastRan?.Id.Name ?? "no server"}: "
                + "servers answer each other in circles, or one sleeps again and again without letting time pass.");
        }
        else if (Run.Now.SinceStart > LongestTest)
        {
            Report("120 s", "the test has taken more than 120 s of virtual time.", isCertain: false);
        }
        else
        {
            AfterEvent();
        }
    }

    private LabRun Result(LabTest test, LabFailure? failure)
    {
        var shrinkage = failure is null ? null : Setting.Shrinkage ?? new Shrinkage(failure, Run.Events);
        var scene = new SceneRun(failure?.Sentence, Run)
        {
            Property = failure?.Kind,
            IsSafety = failure?.IsCertain == true,
            Met = Met,
            Faults = [.. _steps],
            History = failure is null ? null : Seen,
            SeenBy = failure is null || Seen is not { } history ? null : () => KeyValue.ClientView.SeenBy(history, failure.Kind),
            WithFaults = shrinkage is null ? null : kept => test.Smaller(shrinkage, Setting with { LeftOut = LeftOut(kept), Trace = TraceLimit.Off }),
            WithSchedule = shrinkage is null ? null : schedule => test.Smaller(shrinkage, Setting with { Schedule = schedule }),
            Recorded = Recorder is { } recorder ? recorder.ToReplay : null,
        };
        return new LabRun(test.Name, Run.Seed, scene) { Failure = failure, Figure3 = Figure3 };
    }
}
