using Workbook.Sim;

namespace Workbook.MapReduce.Cluster;

// Who is there, who is dead, and what of a dead worker's work is lost (§3.3).
public sealed partial class MapReduceCoordinator
{
    private readonly List<WorkerState> _workers = [];
    private readonly Dictionary<NodeId, WorkerState> _workersByNode = [];
    private readonly Queue<WaitingSlot> _waitingForMap = [];
    private readonly Queue<WaitingSlot> _waitingForReduce = [];

    private Queue<WaitingSlot> Waiting(TaskKind kind) => kind == TaskKind.Map ? _waitingForMap : _waitingForReduce;

    /// <summary>A sign of life. Another session number means that the process which had the old one is no more.</summary>
    private WorkerState Hear(NodeId node, long session)
    {
        if (_workersByNode.TryGetValue(node, out var worker) && worker.Session == session)
        {
            worker.LastHeard = Now;
            if (!worker.IsDead) return worker;
            worker.IsDead = false;
            Note($"{node} was not dead after all");
            return worker;
        }

        if (worker is { IsDead: false }) TakeForDead(worker, "restarted");
        worker = new WorkerState(node, session) { LastHeard = Now };
        _workers.RemoveAll(old => old.Node == node);
        _workers.Add(worker);
        _workersByNode[node] = worker;
        return worker;
    }

    private void PingWorkers()
    {
        if (IsDone || Failure is not null) return;
        foreach (var worker in _workers.ToArray())
        {
            if (!worker.IsDead && Now - worker.LastHeard > _settings.WorkerTimeout) TakeForDead(worker, "silent");
            Send(worker.Node, new Ping());
        }

        // A task becomes slow by time alone, while nothing else happens.
        if (_settings.BackupAfter > TimeSpan.Zero) Assign();
        After(_settings.PingEvery, PingWorkers);
    }

    private void TakeForDead(WorkerState worker, string why)
    {
        worker.IsDead = true;
        Note($"{worker.Node} is taken for dead ({why})");
        foreach (var attempt in worker.Current) TakeBack(attempt);
        RerunLostMaps();
        Assign();
    }

    private void TakeBack(TaskAttempt? attempt)
    {
        if (attempt is not { Outcome: AttemptOutcome.Running }) return;
        End(attempt, AttemptOutcome.Lost);
        var board = Board(attempt.Kind);
        if (board.Running[attempt.Task].Count == 0 && !board.IsCompleted(attempt.Task)) board.MakeIdle(attempt.Task);
    }

    /// <summary>
    /// Finished maps whose output lies with a dead worker run again, unless every reduce task has what it needs of them: it has finished,
    /// or it has fetched all its input and its worker lives.
    /// </summary>
    private void RerunLostMaps()
    {
        if (!Rules.RerunCompletedMaps || !SomeReduceNeedsInput()) return;
        for (var map = 0; map < _maps.Count; map++)
        {
            if (_madeBy[map] is not { } attempt || IsAlive(attempt)) continue;
            attempt.Outcome = AttemptOutcome.OutputLost;
            _madeBy[map] = null;
            _maps.MakeIdle(map);
        }
    }

    private bool IsAlive(TaskAttempt attempt) =>
        _workersByNode[attempt.Worker] is { IsDead: false } worker && worker.Session == attempt.Session;

    private bool SomeReduceNeedsInput()
    {
        for (var reduce = 0; reduce < _reduces.Count; reduce++)
        {
            if (!_reduces.IsCompleted(reduce) && !_reduces.Running[reduce].Exists(attempt => attempt.HasInput)) return true;
        }

        return false;
    }
}
