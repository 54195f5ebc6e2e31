using Workbook.Sim;

namespace Workbook.MapReduce.Cluster;

// Who runs what (§3.1 step 2, §3.4 locality, §3.6 backup tasks).
public sealed partial class MapReduceCoordinator
{
    /// <summary>Gives every waiting slot a task, as far as there are any: maps first come first served, then reduces.</summary>
    private void Assign()
    {
        foreach (var kind in (ReadOnlySpan<TaskKind>)[TaskKind.Map, TaskKind.Reduce])
        {
            while (Waiting(kind).TryPeek(out var slot))
            {
                if (!slot.IsCurrent)
                {
                    Waiting(kind).Dequeue();
                    continue;
                }

                if (!TryChoose(slot.Worker, kind, out var task, out var isLocal)) break;
                Waiting(kind).Dequeue();
                slot.Worker.Slots[(int)kind] = null;
                HandOut(kind, task, slot, isLocal);
            }
        }
    }

    private bool TryChoose(WorkerState worker, TaskKind kind, out int task, out bool isLocal)
    {
        var board = Board(kind);
        if (board.TryTakeIdle(worker.Node, out task, out isLocal)) return true;
        return Rules.BackupTasks && IsCloseToCompletion(board) && board.Backups < _settings.MostBackups * board.Count
            && board.TryFindStraggler(worker.Node, Now - _settings.BackupAfter, out task);
    }

    /// <summary>Reduces that wait for maps are not slow: a phase is close to completion only when the one before it is complete.</summary>
    private bool IsCloseToCompletion(TaskBoard board) =>
        board.Completed >= _settings.BackupWhenDone * board.Count && (board.Kind == TaskKind.Map || _maps.Completed == _maps.Count);

    private void HandOut(TaskKind kind, int task, WaitingSlot slot, bool isLocal)
    {
        var isBackup = Board(kind).Running[task].Count > 0;
        var attempt = new TaskAttempt(_attempts.Count, kind, task, slot.Worker.Node, slot.Worker.Session, Now) { IsLocal = isLocal, IsBackup = isBackup };
        _attempts.Add(attempt);
        Board(kind).Begin(attempt);
        slot.Worker.Current[(int)kind] = attempt;
        Message order = kind == TaskKind.Map ? new RunMap(task, attempt.Number, isLocal) : new RunReduce(task, attempt.Number);
        slot.From.Reply(order);
    }
}
