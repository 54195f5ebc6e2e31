namespace Workbook.Site.Publishing;

/// <summary>How far a render is, and how long it may still take. Used by several threads.</summary>
/// <remarks>A notebook is expected to take what it took the last time; one that is new, or that takes longer than that, is judged by
/// the share of its cells that are done, and one of which nothing is known by the others.</remarks>
internal sealed class RenderPace
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly int _jobs;
    private readonly OrderedDictionary<string, Course> _courses = new(StringComparer.Ordinal);
    private readonly int _unchanged;

    /// <param name="toRun">The notebooks that run, in the order in which they begin, and the time each is expected to take if that is known.</param>
    /// <param name="unchanged">How many others need not run.</param>
    /// <param name="jobs">How many run at once.</param>
    /// <param name="clock">The time.</param>
    public RenderPace(IEnumerable<(string File, string Name, TimeSpan? Expected)> toRun, int unchanged, int jobs, TimeProvider clock)
    {
        foreach (var (_, name, expected) in toRun)
            _courses.Add(name, new Course(expected));
        (_clock, _jobs, _unchanged) = (clock, Math.Clamp(jobs, 1, Math.Max(1, _courses.Count)), unchanged);
    }

    /// <summary>How many notebooks there are.</summary>
    public int Total => _unchanged + _courses.Count;

    /// <summary>A notebook begins.</summary>
    public void Begin(string name)
    {
        lock (_lock)
            _courses[name].Start = _clock.GetTimestamp();
    }

    /// <summary>So many of a notebook's cells have ended.</summary>
    public void Advance(string name, int done, int count)
    {
        lock (_lock)
            (_courses[name].Done, _courses[name].Count) = (done, count);
    }

    /// <summary>A notebook ends.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan End(string name)
    {
        lock (_lock)
        {
            var course = _courses[name];
            course.Took = course.Start is { } start ? _clock.GetElapsedTime(start) : TimeSpan.Zero;
            return course.Took.Value;
        }
    }

    /// <summary>How long the notebooks that have not ended may take in all; null while there is nothing to judge by.</summary>
    public TimeSpan? Left()
    {
        lock (_lock)
            return LeftNow();
    }

    private TimeSpan? LeftNow()
    {
        var usual = Usual();
        var busy = new PriorityQueue<int, TimeSpan>(Enumerable.Repeat((0, TimeSpan.Zero), _jobs));
        var last = TimeSpan.Zero;
        // Those that run hold their places; the others take a place, in order, when one becomes free.
        foreach (var course in _courses.Values.Where(course => course.Took is null).OrderBy(course => course.Start is null))
        {
            var left = course.Start is { } start ? Left(course, _clock.GetElapsedTime(start), usual) : course.Expected ?? usual;
            if (left is null)
                return null;
            busy.TryPeek(out _, out var free);
            busy.EnqueueDequeue(0, free + left.Value);
            last = last < free + left.Value ? free + left.Value : last;
        }
        return last;
    }

    private static TimeSpan? Left(Course course, TimeSpan elapsed, TimeSpan? usual) => course switch
    {
        { Expected: { } expected } when expected > elapsed => expected - elapsed,
        { Done: > 0 } => elapsed * (course.Count - course.Done) / course.Done,
        _ when usual > elapsed => usual - elapsed,
        { Expected: not null } => TimeSpan.Zero,
        _ => usual is null ? null : TimeSpan.Zero,
    };

    /// <summary>What notebooks of this render took so far, in the mean; null when none has got anywhere.</summary>
    private TimeSpan? Usual()
    {
        var known = new List<TimeSpan>();
        foreach (var course in _courses.Values)
        {
            if (course.Took is { } took)
                known.Add(took);
            else if (course is { Start: { } start, Done: > 0 })
                known.Add(_clock.GetElapsedTime(start) * course.Count / course.Done);
        }
        return known.Count == 0 ? null : TimeSpan.FromTicks((long)known.Average(time => time.Ticks));
    }

    /// <summary>One notebook on its way.</summary>
    private sealed class Course(TimeSpan? expected)
    {
        public TimeSpan? Expected { get; } = expected;
        public long? Start { get; set; }
        public int Done { get; set; }
        public int Count { get; set; }
        public TimeSpan? Took { get; set; }
    }
}
