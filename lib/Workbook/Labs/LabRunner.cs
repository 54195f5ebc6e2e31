using System.Diagnostics;
using System.Runtime;

namespace Workbook.Labs;

/// <summary>
/// Plays runs on threads of its own, and gives up on one whose server does not come back from its code. Such a thread is ended if it computes, and left behind as a
/// background thread if it waits: the other runs go on.
/// </summary>
internal static class LabRunner
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>One run.</summary>
    public static LabRun Play(LabTest test, BenchSetting setting) => Play(test, [setting])[0]!;

    /// <summary>
    /// Many runs of one test, on all cores; the results stand in the order of the settings. After a run that had to be given up no further ones are begun, and their
    /// results are null.
    /// </summary>
    public static IReadOnlyList<LabRun?> Play(LabTest test, IReadOnlyList<BenchSetting> settings)
    {
        var results = new LabRun?[settings.Count];
        var work = new Work(test, settings, results);
        var players = Enumerable.Range(0, Math.Min(Environment.ProcessorCount, settings.Count)).Select(_ => new Player(work)).ToList();
        foreach (var player in players) player.Look();
        work.Error?.Throw();
        return results;
    }

    /// <summary>What is to be played.</summary>
    private sealed class Work(LabTest test, IReadOnlyList<BenchSetting> settings, LabRun?[] results)
    {
        private int _next = -1;
        private volatile bool _isGivenUp;

        public System.Runtime.ExceptionServices.ExceptionDispatchInfo? Error { get; private set; }

        public bool Take(out int index)
        {
            index = Interlocked.Increment(ref _next);
            return !_isGivenUp && index < settings.Count;
        }

        public void Play(int index, Stage stage)
        {
            try
            {
                results[index] = test.Play(settings[index] with { Stage = stage });
            }
            catch (OperationCanceledException)
            {
            }
            catch (Exception error) when (!stage.IsStopped)
            {
                Error = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(error);
                _isGivenUp = true;
            }
        }

        public void GiveUp(int index, Bench bench)
        {
            _isGivenUp = true;
            results[index] = bench.GivenUp(test);
        }
    }

    /// <summary>A thread that plays, and the eye on it.</summary>
    private sealed class Player
    {
        private readonly Work _work;
        private readonly Stage _stage = new();
        private readonly Thread _thread;
        private readonly CancellationTokenSource _end = new();
        private volatile int _index;

        public Player(Work work)
        {
            _work = work;
            _thread = new Thread(Play) { IsBackground = true, Name = "lab test" };
            _thread.Start();
        }

        /// <summary>Comes back when the thread is done, or given up.</summary>
        public void Look()
        {
            var (seen, events, since) = ((Bench?)null, 0L, Stopwatch.GetTimestamp());
            while (!_thread.Join(LookEvery))
            {
                var bench = _stage.Bench;
                if (bench is null || bench != seen || bench.Run.Events != events)
                {
                    (seen, events, since) = (bench, bench?.Run.Events ?? 0, Stopwatch.GetTimestamp());
                }
                else if (Stopwatch.GetElapsedTime(since) > bench.Patience)
                {
                    _stage.Stop();
                    _work.GiveUp(_index, bench);
                    End();
                    return;
                }
            }
        }

        private void Play()
        {
            try
            {
#pragma warning disable SYSLIB0046 // It may leave the program's state half changed: here it is that of one run, which nobody looks at again but to draw it.
                ControlledExecution.Run(PlayAll, _end.Token);
#pragma warning restore SYSLIB0046
            }
            catch (OperationCanceledException)
            {
            }
        }

        private void PlayAll()
        {
            while (_work.Take(out var index))
            {
                _index = index;
                _work.Play(index, _stage);
                _stage.Leave();
            }
        }

        /// <summary>Ends a thread that computes. To end one that waits takes as long as it waits, so nobody waits for that.</summary>
        private void End() => new Thread(_end.Cancel) { IsBackground = true, Name = "end of a lab test" }.Start();
    }
}
