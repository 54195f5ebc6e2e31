namespace Workbook.Check;

/// <summary>A register: what was written last is read. With compare-and-set, as etcd's keys have it.</summary>
internal sealed class RegisterModel(string name, string? initial, params IReadOnlyList<string> functions) : Model(name, functions)
{
    internal override Model? WithInitial(string value) => new RegisterModel(Name, value, Functions);

    internal override string? Objection(Operation operation) =>
        FunctionNames.Name(operation) == FunctionNames.CompareAndSet && operation.Outcome == Outcome.Ok && Truth(operation.Result ?? "true") is null
            ? $"{operation} returned {operation.Result}; a compare-and-set returns true or false"
            : null;

    internal override StateSpace Compile(IReadOnlyList<Operation> part, bool exact = false) => new Space(initial, part, exact);

    internal override string Noun => "register";

    internal override string? InitialValue => initial;

    internal override Access? AccessOf(Operation operation) => FunctionNames.Name(operation) switch
    {
        FunctionNames.Read => operation.Outcome == Outcome.Ok ? new(true, operation.Result, false, null) : null,
        FunctionNames.Write => new(false, null, true, operation.Argument),
        _ => operation.Outcome == Outcome.Unknown || Truth(operation.Result ?? "true") == "true" ? new(true, operation.Expected, true, operation.Argument) : null,
    };

    private enum Kind
    {
        Read,
        Write,
        Swapped,
        Found,
        MaybeSwapped,
    }

    /// <summary>The states are the values that some operation saw or wanted to find. Nobody can tell the others from each other: they are one.</summary>
    private sealed class Space : StateSpace
    {
        private readonly Interner _values = new();
        private readonly List<(Kind Kind, int Value, int Expected)> _meanings = [];

        public Space(string? initial, IReadOnlyList<Operation> part, bool exact)
        {
            Hopeless = _values.Reserve();
            Initial = _values.Number(initial);
            foreach (var operation in part)
            {
                var function = FunctionNames.Name(operation);
                if (function == FunctionNames.Read && operation.Outcome == Outcome.Ok) _values.Number(operation.Result);
                else if (function == FunctionNames.CompareAndSet) _values.Number(operation.Expected);
                if (exact && function != FunctionNames.Read) _values.Number(operation.Argument);
            }
        }

        public override int Initial { get; }

        /// <summary>A value that nobody saw can neither be read nor be found by a compare-and-set, until it is written over.</summary>
        public override int Hopeless { get; }

        public override bool Rescues(int meaning) => _meanings[meaning].Kind == Kind.Write;

        public override bool NeedsHope(int meaning) => _meanings[meaning].Kind is Kind.Read or Kind.Swapped;

        public override int Step(int state, int meaning)
        {
            var (kind, value, expected) = _meanings[meaning];
            return kind switch
            {
                Kind.Read => state == value ? state : Impossible,
                Kind.Write => value,
                Kind.Swapped => state == expected ? value : Impossible,
                Kind.Found => state == expected ? Impossible : state,
                _ => state == expected ? value : state,
            };
        }

        public override string Describe(int state) => $"holds {(state == Hopeless ? "a value that nobody saw" : _values.Text(state) ?? "nothing")}";

        protected override Meaning Read(Operation operation) => base.Read(operation) switch
        {
            { Function: FunctionNames.Read } read => read with { Argument = null, Expected = null },
            { Function: FunctionNames.Write } write => Seen(write) with { Expected = null, Result = null, IsKnown = true },
            var cas => Seen(cas) with { Result = cas.IsKnown ? Truth(cas.Result ?? "true") : null },
        };

        protected override bool Compile(Meaning meaning)
        {
            var kind = meaning switch
            {
                { Function: FunctionNames.Read } => Kind.Read,
                { Function: FunctionNames.Write } => Kind.Write,
                { IsKnown: false } => Kind.MaybeSwapped,
                { Result: "true" } => Kind.Swapped,
                _ => Kind.Found,
            };
            var value = meaning.IsUnseen ? Hopeless : _values.Number(kind == Kind.Read ? meaning.Result : meaning.Argument);
            var expected = _values.Number(meaning.Expected);
            _meanings.Add((kind, value, expected));
            return kind is Kind.Read or Kind.Found || (kind is Kind.Swapped or Kind.MaybeSwapped && value == expected);
        }

        private Meaning Seen(Meaning meaning) => _values.Knows(meaning.Argument) ? meaning : meaning with { Argument = null, IsUnseen = true };
    }
}
