using System.Diagnostics;
using System.Runtime;
using System.Runtime.ExceptionServices;

namespace Workbook.Labs;

/// <summary>
/// Plays runs on threads of its own, and gives up on one whose server does not come back from its code. The thread of such a run is ended where that can be
/// done, and otherwise left behind as a background thread: the other runs go on.
/// </summary>
internal static class LabRunner
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly List<Thread> LeftBehind = [];

    /// <summary>Whether threads that were left behind compute on and on, on as many cores as there are: further runs would only seem to stand still.</summary>
    public static bool IsCrowdedOut
    {
        get
        {
            lock (LeftBehind)
            {
                return LeftBehind.Count(thread => thread.IsAlive && !thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin))
                    >= Environment.ProcessorCount;
            }
        }
    }

    /// <summary>One run.</summary>
    public static LabRun Play(LabTest test, BenchSetting setting) => Play(test, [setting])[0]!;

    /// <summary>
    /// Many runs of one test, on all cores; the results stand in the order of the settings. After a run that had to be given up no further ones are begun,
    /// and their results are null.
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

        public ExceptionDispatchInfo? Error { get; private set; }

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
            catch (Exception error) when (!stage.IsStopped)
            {
                Error = ExceptionDispatchInfo.Capture(error);
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
                else if (Stopwatch.GetElapsedTime(since) > bench.Patience && StandsStill(bench, events))
                {
                    _stage.Stop();
                    _work.GiveUp(_index, bench);
                    LeaveBehind(bench);
                    return;
                }
            }
        }

        /// <summary>
        /// A busy machine may just not have let the thread run. So this thread computes, too: by the time that it has had its share of the cores, the other
        /// has had one like it.
        /// </summary>
        private bool StandsStill(Bench bench, long events)
        {
            for (var had = TimeSpan.Zero; had < bench.Patience / 4; had += BusyWork.Piece)
            {
                BusyWork.DoPiece();
                if (_stage.Bench != bench || bench.Run.Events != events) return false;
            }

            return true;
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

        /// <summary>
        /// Ends a thread that computes. With code in the middle of an <c>await</c> on its stack, .NET would end the whole program; and to end one that waits
        /// takes as long as it waits, so nobody waits for that.
        /// </summary>
        private void LeaveBehind(Bench bench)
        {
            lock (LeftBehind) LeftBehind.Add(_thread);
            if (!bench.IsInAsyncCode) new Thread(_end.Cancel) { IsBackground = true, Name = "end of a lab test" }.Start();
            _thread.Join(LookEvery);
        }
    }

    /// <summary>Computing of known length, in processor time.</summary>
    private static class BusyWork
    {
        private const int Rounds = 100_000;

        private static volatile uint s_result;

        /// <summary>What a piece takes on a core of its own: the shortest of a few, the others having been interrupted.</summary>
        public static TimeSpan Piece { get; } = Enumerable.Range(0, 20).Select(_ => Length()).Min();

        public static void DoPiece()
        {
            var hash = s_result;
            for (var round = 0; round < Rounds; round++) hash = hash * 16777619 ^ 2166136261;
            s_result = hash;
        }

        private static TimeSpan Length()
        {
            var start = Stopwatch.GetTimestamp();
            DoPiece();
            return Stopwatch.GetElapsedTime(start);
        }
    }
}
