namespace Workbook.Check;

/// <summary>
/// A queue. A state is the last element put in, which knows the one before it, and how many are still in: the first of them is found
/// from the last by jumping (Myers 1983), so that no state holds a copy of the queue.
/// </summary>
internal sealed class QueueModel() : Model("queue", FunctionNames.Enqueue, FunctionNames.Dequeue)
{
    internal override string? Objection(Operation operation) =>
        FunctionNames.Name(operation) == FunctionNames.Enqueue && operation.Argument is null ? $"{operation} does not say what is put in" : null;

    internal override StateSpace Compile(IReadOnlyList<Operation> part, bool exact = false) => new Space();

    /// <param name="Value">What was put in.</param>
    /// <param name="Before">The element that was put in before it.</param>
    /// <param name="Jump">An element further back: these make a way of logarithmic length to every one before.</param>
    /// <param name="Depth">How many were put in up to this one.</param>
    private readonly record struct Element(int Value, int Before, int Jump, int Depth);

    private sealed class Space : StateSpace
    {
        private readonly Interner _values = new();
        private readonly List<Element> _elements = [new(-1, 0, 0, 0)];
        private readonly Dictionary<SequenceIdentity, int> _numbers = [];
        private readonly List<(int Last, SequenceIdentity Identity)> _states = [];
        private readonly List<SequenceIdentity.Powers> _powers = [SequenceIdentity.Powers.Zeroth];
        private readonly List<(bool Enqueues, bool Known, bool Empty, int Value)> _meanings = [];

        public Space() => Initial = Number(0, default);

        public override int Initial { get; }

        public override int Step(int state, int meaning)
        {
            var (enqueues, known, empty, value) = _meanings[meaning];
            var (last, identity) = _states[state];
            if (enqueues) return Enqueue(last, identity, value);
            if (identity.Length == 0) return empty || !known ? state : Impossible;
            var first = _elements[Ancestor(last, _elements[last].Depth - identity.Length + 1)].Value;
            if (empty || (known && first != value)) return Impossible;
            return Number(last, identity.Without((uint)first, _powers[identity.Length - 1]));
        }

        public override string Describe(int state)
        {
            const int most = 6;
            var (last, identity) = _states[state];
            if (identity.Length == 0) return "is empty";
            var first = _elements[last].Depth - identity.Length + 1;
            var values = Enumerable.Range(first, Math.Min(most, identity.Length)).Select(depth => _values.Text(_elements[Ancestor(last, depth)].Value));
            return $"holds [{string.Join(' ', values)}{(identity.Length > most ? " …" : "")}]";
        }

        protected override Meaning Read(Operation operation)
        {
            var meaning = base.Read(operation) with { Expected = null };
            return meaning.Function == FunctionNames.Enqueue ? meaning with { Result = null, IsKnown = true } : meaning with { Argument = null };
        }

        protected override bool Compile(Meaning meaning)
        {
            var enqueues = meaning.Function == FunctionNames.Enqueue;
            var empty = !enqueues && meaning is { IsKnown: true, Result: null };
            _meanings.Add((enqueues, meaning.IsKnown, empty, empty ? -1 : _values.Number(enqueues ? meaning.Argument : meaning.Result)));
            return empty;
        }

        private int Enqueue(int last, SequenceIdentity identity, int value)
        {
            var after = identity.Then((uint)value);
            if (_numbers.TryGetValue(after, out var number)) return number;
            var (before, jump) = (_elements[last], _elements[_elements[last].Jump]);
            var far = before.Depth - jump.Depth == jump.Depth - _elements[jump.Jump].Depth ? jump.Jump : last;
            _elements.Add(new(value, last, far, before.Depth + 1));
            while (_powers.Count <= after.Length) _powers.Add(_powers[^1].Next());
            return Number(_elements.Count - 1, after);
        }

        private int Ancestor(int element, int depth)
        {
            while (_elements[element].Depth > depth)
                element = _elements[_elements[element].Jump].Depth >= depth ? _elements[element].Jump : _elements[element].Before;
            return element;
        }

        private int Number(int last, SequenceIdentity identity)
        {
            if (_numbers.TryGetValue(identity, out var number)) return number;
            _numbers.Add(identity, number = _states.Count);
            _states.Add((last, identity));
            return number;
        }
    }
}
