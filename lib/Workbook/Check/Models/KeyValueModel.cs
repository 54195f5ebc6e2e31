namespace Workbook.Check;

/// <summary>A text under a key. States are chains of what was put and appended, told apart by the identity of the whole text.</summary>
internal sealed class KeyValueModel(string initial)
    : Model("kv", FunctionNames.Get, FunctionNames.Put, FunctionNames.Append, FunctionNames.Delete, FunctionNames.CompareAndSet)
{
    internal override Model? WithInitial(string value) => new KeyValueModel(value);

    internal override string? Objection(Operation operation) =>
        FunctionNames.Name(operation) == FunctionNames.CompareAndSet && operation.Outcome == Outcome.Ok && Truth(operation.Result ?? "true") is null
            ? $"{operation} returned {operation.Result}; a compare-and-set returns true or false"
            : null;

    internal override StateSpace Compile(IReadOnlyList<Operation> part) => new Space(initial);

    private enum Kind
    {
        Get,
        Put,
        Append,
        Swapped,
        Found,
        MaybeSwapped,
    }

    private sealed class Space : StateSpace
    {
        private readonly Sequences _texts = new();
        private readonly List<(Kind Kind, Piece Piece, SequenceIdentity Expected)> _meanings = [];

        public Space(string initial) => Initial = _texts.Put(new(initial));

        public override int Initial { get; }

        public override int Step(int state, int meaning)
        {
            var (kind, piece, expected) = _meanings[meaning];
            return kind switch
            {
                Kind.Get => _texts.Identity(state) == piece.Identity ? state : Impossible,
                Kind.Put => _texts.Put(piece),
                Kind.Append => _texts.Append(state, piece),
                Kind.Swapped => _texts.Identity(state) == expected ? _texts.Put(piece) : Impossible,
                Kind.Found => _texts.Identity(state) == expected ? Impossible : state,
                _ => _texts.Identity(state) == expected ? _texts.Put(piece) : state,
            };
        }

        public override string Describe(int state) => _texts.Identity(state).Length == 0 ? "nothing" : $"“{_texts.Text(state)}”";

        /// <summary>A delete puts the empty text, which is what a key holds that was never put.</summary>
        protected override Meaning Read(Operation operation) => base.Read(operation) switch
        {
            { Function: FunctionNames.Get } get => get with { Argument = null, Expected = null, Result = get.Result ?? "" },
            { Function: FunctionNames.CompareAndSet } cas => cas with
            {
                Argument = cas.Argument ?? "", Expected = cas.Expected ?? "", Result = cas.IsKnown ? Truth(cas.Result ?? "true") : null,
            },
            { Function: FunctionNames.Delete } delete => new(FunctionNames.Put, "", null, null, IsKnown: true),
            var change => change with { Argument = change.Argument ?? "", Expected = null, Result = null, IsKnown = true },
        };

        protected override bool Compile(Meaning meaning)
        {
            var kind = meaning switch
            {
                { Function: FunctionNames.Get } => Kind.Get,
                { Function: FunctionNames.Put } => Kind.Put,
                { Function: FunctionNames.Append } => Kind.Append,
                { IsKnown: false } => Kind.MaybeSwapped,
                { Result: "true" } => Kind.Swapped,
                _ => Kind.Found,
            };
            var piece = new Piece((kind == Kind.Get ? meaning.Result : meaning.Argument)!);
            var expected = new Piece(meaning.Expected ?? "").Identity;
            _meanings.Add((kind, piece, expected));
            return kind switch
            {
                Kind.Get or Kind.Found => true,
                Kind.Put => false,
                Kind.Append => piece.Identity.Length == 0,
                _ => piece.Identity == expected,
            };
        }
    }
}
