namespace Workbook.Check;

/// <summary>A register: what was written last is read. With compare-and-set, as etcd's keys have it.</summary>
internal sealed class RegisterModel(string name, string? initial, params IReadOnlyList<string> functions) : Model(name, functions)
{
    internal override Model? WithInitial(string value) => new RegisterModel(Name, value, Functions);

    internal override string? Objection(Operation operation) =>
        FunctionNames.Name(operation) == FunctionNames.CompareAndSet && operation.Outcome == Outcome.Ok && Truth(operation.Result ?? "true") is null
            ? $"{operation} returned {operation.Result}; a compare-and-set returns true or false"
            : null;

    internal override StateSpace Compile(IReadOnlyList<Operation> part) => new Space(initial);

    private enum Kind
    {
        Read,
        Write,
        Swapped,
        Found,
        MaybeSwapped,
    }

    private sealed class Space : StateSpace
    {
        private readonly Interner _values = new();
        private readonly List<(Kind Kind, int Value, int Expected)> _meanings = [];

        public Space(string? initial) => Initial = _values.Number(initial);

        public override int Initial { get; }

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

        public override string Describe(int state) => _values.Text(state) ?? "nothing";

        protected override Meaning Read(Operation operation) => base.Read(operation) switch
        {
            { Function: FunctionNames.Read } read => read with { Argument = null, Expected = null },
            { Function: FunctionNames.Write } write => write with { Expected = null, Result = null, IsKnown = true },
            var cas => cas with { Result = cas.IsKnown ? Truth(cas.Result ?? "true") : null },
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
            var value = _values.Number(kind == Kind.Read ? meaning.Result : meaning.Argument);
            var expected = _values.Number(meaning.Expected);
            _meanings.Add((kind, value, expected));
            return kind is Kind.Read or Kind.Found || (kind is Kind.Swapped or Kind.MaybeSwapped && value == expected);
        }
    }
}
