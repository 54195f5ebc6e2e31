namespace Workbook.Check;

/// <summary>
/// What must come before what among operations whose values replace each other, where each value that is read was written only once:
/// by time; a write before its reads; a read before what comes after its write; and what comes before a read before its write, for
/// nothing may come between them. Where that goes round in a circle there is no order (as in lecture 7's second history).
/// </summary>
internal sealed class ValueOrder
{
    /// <summary>Of more operations nobody would want to hear the circle.</summary>
    public const int MostOperations = 48;
    private const int Initially = -1, Unknown = -2;

    private readonly List<Operation> _operations;
    private readonly Access[] _accesses;
    private readonly int[] _writer;
    private readonly List<(int From, int To, Because Because, List<int> Premise)> _edges = [];
    private readonly int[,] _edge;

    private ValueOrder(List<Operation> operations, Access[] accesses, int[] writer)
    {
        (_operations, _accesses, _writer) = (operations, accesses, writer);
        _edge = new int[operations.Count, operations.Count];
    }

    /// <summary>The constraints that go round in a circle, each after those that it follows from; empty when there is no circle.</summary>
    /// <param name="core">The operations to look at.</param>
    /// <param name="part">All operations of the object.</param>
    /// <param name="model">What they do.</param>
    public static IReadOnlyList<Constraint> Circle(IReadOnlyList<Operation> core, IReadOnlyList<Operation> part, Model model)
    {
        if (core.Count > MostOperations || part.Any(operation => FunctionNames.Name(operation) == FunctionNames.Append)) return [];
        var operations = core.Where(operation => model.AccessOf(operation) is { } access && (operation.Outcome == Outcome.Ok || !access.Writes)).ToList();
        foreach (var read in core.Select(model.AccessOf).OfType<Access>().Where(access => access.Reads))
        {
            if (OnlyWriter(read.Seen, part, model) is { } writer && !operations.Any(known => ReferenceEquals(known, writer))) operations.Add(writer);
        }

        if (operations.Count > MostOperations) return [];
        Access[] accesses = [.. operations.Select(operation => model.AccessOf(operation)!.Value)];
        var writers = accesses.Select(access => !access.Reads ? Unknown
            : OnlyWriter(access.Seen, part, model) is { } writer ? operations.FindIndex(one => ReferenceEquals(one, writer))
            : access.Seen == model.InitialValue && !Writers(access.Seen, part, model).Any() ? Initially : Unknown);
        return new ValueOrder(operations, accesses, [.. writers]).Find();
    }

    /// <summary>The operations that write a value.</summary>
    public static IEnumerable<Operation> Writers(string? value, IReadOnlyList<Operation> part, Model model) =>
        part.Where(operation => model.AccessOf(operation) is { Writes: true } access && access.Written == value);

    private static Operation? OnlyWriter(string? value, IReadOnlyList<Operation> part, Model model)
    {
        if (value == model.InitialValue) return null;
        var writers = Writers(value, part, model).Take(2).ToList();
        return writers.Count == 1 ? writers[0] : null;
    }

    private IReadOnlyList<Constraint> Find()
    {
        for (var from = 0; from < _operations.Count; from++)
        {
            for (var to = 0; to < _operations.Count; to++)
                if (_operations[from].Precedes(_operations[to]) && Add(from, to, Because.Time, []) is { } circle) return circle;
        }

        for (var read = 0; read < _operations.Count; read++)
        {
            if (_writer[read] >= 0 && _writer[read] != read && Add(_writer[read], read, Because.Value, []) is { } circle) return circle;
        }

        for (var known = -1; known != _edges.Count;)
        {
            known = _edges.Count;
            if (Derive(AfterTheRead) is { } circle) return circle;
            if (known == _edges.Count && Derive(BeforeTheWrite) is { } other) return other;
        }

        return [];
    }

    private IReadOnlyList<Constraint>? Derive(Func<int, int, IReadOnlyList<Constraint>?> rule)
    {
        for (var read = 0; read < _operations.Count; read++)
        {
            if (_writer[read] == Unknown || _writer[read] == read) continue;
            for (var write = 0; write < _operations.Count; write++)
            {
                if (!_accesses[write].Writes || write == read || write == _writer[read]) continue;
                if (rule(read, write) is { } circle) return circle;
            }
        }

        return null;
    }

    /// <summary>What writes after the value was written comes after it was read.</summary>
    private IReadOnlyList<Constraint>? AfterTheRead(int read, int write)
    {
        if (_writer[read] == Initially) return Add(read, write, Because.Value, []);
        return Path(_writer[read], write) is { } path ? Add(read, write, Because.Value, path) : null;
    }

    /// <summary>What writes before the value is read comes before it is written.</summary>
    private IReadOnlyList<Constraint>? BeforeTheWrite(int read, int write) =>
        _writer[read] >= 0 && Path(write, read) is { } path ? Add(write, _writer[read], Because.Value, path) : null;

    /// <summary>Adds a constraint; the circle, when it closes one.</summary>
    private List<Constraint>? Add(int from, int to, Because because, List<int> premise)
    {
        if (_edge[from, to] != 0) return null;
        _edges.Add((from, to, because, premise));
        _edge[from, to] = _edges.Count;
        if (Path(to, from) is not { } back) return null;
        var told = new List<int>();
        List<int> circle = [.. back, _edges.Count - 1];
        foreach (var edge in circle) Tell(edge, circle, told);
        return [.. told.Concat(circle).Distinct()
            .Select(edge => new Constraint(_operations[_edges[edge].From], _operations[_edges[edge].To], _edges[edge].Because))];
    }

    /// <summary>What a constraint of the circle follows from comes first, unless it is in the circle itself.</summary>
    private void Tell(int edge, List<int> circle, List<int> told)
    {
        foreach (var premise in _edges[edge].Premise)
        {
            Tell(premise, circle, told);
            if (!circle.Contains(premise) && !told.Contains(premise)) told.Add(premise);
        }
    }

    /// <summary>The shortest way from one operation to another.</summary>
    private List<int>? Path(int from, int to)
    {
        var came = new int[_operations.Count];
        Array.Fill(came, -1);
        var waiting = new Queue<int>([from]);
        while (waiting.TryDequeue(out var at))
        {
            for (var next = 0; next < _operations.Count; next++)
            {
                if (_edge[at, next] == 0 || came[next] >= 0 || next == from) continue;
                came[next] = _edge[at, next] - 1;
                if (next == to)
                {
                    var path = new List<int>();
                    for (var back = to; back != from; back = _edges[came[back]].From) path.Insert(0, came[back]);
                    return path;
                }

                waiting.Enqueue(next);
            }
        }

        return null;
    }
}
