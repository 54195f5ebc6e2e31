namespace Workbook.MapReduce.Tasks;

/// <summary>The pairs that a map task has put aside: runs, each of which is R sorted segments one behind the other in one stream.</summary>
/// <param name="reducers">R.</param>
/// <param name="create">Makes room for a run.</param>
/// <param name="merge">Makes one segment of several.</param>
internal sealed class SpilledRuns(int reducers, Func<Stream> create, Action<IReadOnlyList<Segment>, Stream> merge) : IDisposable
{
    /// <summary>So many runs are merged into one, so that their number does not grow with the input.</summary>
    private const int MostRuns = 64;

    private sealed record Run(Stream Stream, long[] Lengths);

    private readonly List<Run> _runs = [];

    /// <summary>How often pairs were put aside.</summary>
    public int Spills { get; private set; }

    /// <summary>Puts pairs aside; <paramref name="write"/> writes the segment of one reduce task.</summary>
    public void Add(Action<int, Stream> write)
    {
        Spills++;
        _runs.Add(NewRun(write));
        if (_runs.Count < MostRuns)
            return;
        Rewind();
        var all = NewRun(Merge);
        Dispose();
        _runs.Add(all);
    }

    /// <summary>To be called before the first <see cref="Merge"/>.</summary>
    public void Rewind() => _runs.ForEach(run => run.Stream.Position = 0);

    /// <summary>Merges the pairs of one reduce task. To be called for 0, 1 and so on: they lie in that order.</summary>
    public void Merge(int r, Stream segment) => merge([.. _runs.Select(run => new Segment(run.Stream, run.Lengths[r]))], segment);

    public void Dispose()
    {
        _runs.ForEach(run => run.Stream.Dispose());
        _runs.Clear();
    }

    private Run NewRun(Action<int, Stream> write)
    {
        var run = new Run(create(), new long[reducers]);
        try
        {
            for (var r = 0; r < reducers; r++)
            {
                var start = run.Stream.Position;
                write(r, run.Stream);
                run.Lengths[r] = run.Stream.Position - start;
            }

            return run;
        }
        catch
        {
            run.Stream.Dispose();
            throw;
        }
    }
}
