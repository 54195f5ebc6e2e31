namespace Workbook.Labs;

/// <summary>Where one run is played, for somebody who looks on from another thread.</summary>
internal sealed class Stage
{
    private volatile Bench? _bench;
    private volatile bool _isStopped;

    /// <summary>The bench that is played on now.</summary>
    public Bench? Bench => _bench;

    public bool IsStopped => _isStopped;

    public void Enter(Bench bench) => _bench = bench;

    public void Leave() => _bench = null;

    /// <summary>The run ends at its next event, should it ever come to one.</summary>
    public void Stop() => _isStopped = true;

    public void ThrowIfStopped()
    {
        if (_isStopped) throw new OperationCanceledException("The run was given up.");
    }
}
