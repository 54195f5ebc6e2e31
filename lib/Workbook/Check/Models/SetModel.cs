namespace Workbook.Check;

/// <summary>
/// A set. Where nobody reads it as a whole, each of its elements is an object of its own, there or not, and is checked alone.
/// </summary>
internal sealed class SetModel() : Model("set", FunctionNames.Add, FunctionNames.Remove, FunctionNames.Contains, FunctionNames.Read)
{
    internal override string? Objection(Operation operation)
    {
        var function = FunctionNames.Name(operation);
        if (function != FunctionNames.Read && operation.Argument is null) return $"{operation} does not say which element";
        if (operation.Outcome != Outcome.Ok || function == FunctionNames.Read) return null;
        if (operation.Result is null) return function == FunctionNames.Contains ? $"{operation} does not say whether it was there" : null;
        return Truth(operation.Result) is null ? $"{operation} returned {operation.Result}; true or false was wanted" : null;
    }

    internal override IEnumerable<IReadOnlyList<Operation>> Parts(IEnumerable<Operation> operations) =>
        from part in base.Parts(operations)
        let whole = part.Any(operation => FunctionNames.Name(operation) == FunctionNames.Read)
        from element in whole
            ? [part]
            : part.GroupBy(operation => operation.Argument).Select(IReadOnlyList<Operation> (element) => element.ToList())
        select element;

    internal override StateSpace Compile(IReadOnlyList<Operation> part, bool exact = false) => new Space();

    /// <summary>The elements of a text such as <c>#{1 2 3}</c>, <c>[1, 2, 3]</c> or <c>1 2 3</c>.</summary>
    private static IEnumerable<string> Elements(string? text) =>
        (text ?? "").TrimStart('#').Trim('{', '}', '[', ']', '(', ')')
            .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private enum Kind
    {
        Add,
        Remove,
        Contains,
        Read,
    }

    private sealed class Space : StateSpace
    {
        private readonly Interner _elements = new();
        private readonly Dictionary<Members, int> _numbers = [];
        private readonly List<Members> _states = [];
        private readonly List<(Kind Kind, int Element, bool? Result, Members? All)> _meanings = [];

        public Space() => Initial = Number(Members.None);

        public override int Initial { get; }

        public override int Step(int state, int meaning)
        {
            var (kind, element, result, all) = _meanings[meaning];
            var members = _states[state];
            if (kind == Kind.Read) return members.Equals(all) ? state : Impossible;
            var isIn = members.Contains(element);
            if (kind == Kind.Contains) return isIn == result ? state : Impossible;
            var changes = isIn == (kind == Kind.Remove);
            if (result is { } said && said != changes) return Impossible;
            return changes ? Number(members.Toggle(element)) : state;
        }

        public override string Describe(int state)
        {
            const int most = 8;
            var texts = Enumerable.Range(0, _elements.Count).Where(_states[state].Contains).Take(most + 1).Select(_elements.Text).ToList();
            return texts.Count == 0 ? "is empty" : $"holds {{{string.Join(' ', texts.Take(most))}{(texts.Count > most ? " …" : "")}}}";
        }

        protected override Meaning Read(Operation operation)
        {
            var meaning = base.Read(operation) with { Expected = null };
            return meaning.Function == FunctionNames.Read ? meaning with { Argument = null }
                : meaning with { Result = meaning.Result is null ? null : Truth(meaning.Result), IsKnown = meaning.Result is not null };
        }

        protected override bool Compile(Meaning meaning)
        {
            var kind = meaning.Function switch
            {
                FunctionNames.Add => Kind.Add,
                FunctionNames.Remove => Kind.Remove,
                FunctionNames.Contains => Kind.Contains,
                _ => Kind.Read,
            };
            var all = kind == Kind.Read ? Members.Of(Elements(meaning.Result).Select(_elements.Number)) : null;
            bool? result = meaning.Result is null || kind == Kind.Read ? null : meaning.Result == "true";
            _meanings.Add((kind, kind == Kind.Read ? -1 : _elements.Number(meaning.Argument), result, all));
            return kind is Kind.Contains or Kind.Read || result == false;
        }

        private int Number(Members members)
        {
            if (_numbers.TryGetValue(members, out var number)) return number;
            _numbers.Add(members, number = _states.Count);
            _states.Add(members);
            return number;
        }
    }
}
