namespace Workbook.Labs;

/// <summary>What is known while one failing run is made smaller: shared by all runs that are played for it.</summary>
/// <param name="failure">What must still go wrong.</param>
/// <param name="events">The events of the run that failed.</param>
internal sealed class Shrinkage(LabFailure failure, long events)
{
    // Of what servers did the picture is worth some time. Where they did nothing, each try also needs a run that passes, and a picture shows little.
    private readonly long _most = failure.IsCertain ? 2_000_000 : 500_000;

    private long _played;

    /// <summary>The events of the smallest run so far. Left-out steps may also let a test go on for longer; that is not smaller.</summary>
    public long Smallest { get; private set; } = events;

    /// <summary>Whether enough has been played; a picture need not be perfect.</summary>
    public bool IsOver => _played > _most;

    /// <summary>Whether the run breaks the same, and is no longer.</summary>
    public bool Accepts(LabRun run)
    {
        _played += run.Scene.Run.Events;
        return run.Failure?.Kind == failure.Kind && run.Scene.Run.Events <= Smallest;
    }

    public void Played(LabRun run) => _played += run.Scene.Run.Events;

    public void Took(LabRun run) => Smallest = run.Scene.Run.Events;
}
