namespace Workbook.Check;

/// <summary>A text under a key.</summary>
internal sealed class KeyValueModel(string initial)
    : Model("kv", FunctionNames.Get, FunctionNames.Put, FunctionNames.Append, FunctionNames.Delete, FunctionNames.CompareAndSet)
{
    internal override Model? WithInitial(string value) => new KeyValueModel(value);

    internal override string? Objection(Operation operation) =>
        FunctionNames.Name(operation) == FunctionNames.CompareAndSet && operation.Outcome == Outcome.Ok && Truth(operation.Result ?? "true") is null
            ? $"{operation} returned {operation.Result}; a compare-and-set returns true or false"
            : null;

    internal override StateSpace Compile(IReadOnlyList<Operation> part, bool exact = false) => new Space(initial, part);

    internal override string Noun => "key";

    internal override string? InitialValue => initial;

    internal override Access? AccessOf(Operation operation) => FunctionNames.Name(operation) switch
    {
        FunctionNames.Get => operation.Outcome == Outcome.Ok ? new(true, operation.Result ?? "", false, null) : null,
        FunctionNames.Put => new(false, null, true, operation.Argument ?? ""),
        FunctionNames.Delete => new(false, null, true, ""),
        FunctionNames.CompareAndSet when operation.Outcome == Outcome.Unknown || Truth(operation.Result ?? "true") == "true" =>
            new(true, operation.Expected ?? "", true, operation.Argument ?? ""),
        _ => null,
    };

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
        private readonly ObservedTexts _texts;
        private readonly List<(Kind Kind, string Piece, int Value, int Expected)> _meanings = [];

        public Space(string initial, IReadOnlyList<Operation> part)
        {
            var gets = part.Where(operation => operation.Outcome == Outcome.Ok && FunctionNames.Name(operation) == FunctionNames.Get);
            var swaps = part.Where(operation => FunctionNames.Name(operation) == FunctionNames.CompareAndSet);
            _texts = new(gets.Select(get => get.Result ?? "").Concat(swaps.Select(swap => swap.Expected ?? "")));
            Initial = _texts.Of(initial);
        }

        public override int Initial { get; }

        /// <summary>A text that nobody saw, nor anything it grew to, can only be put over.</summary>
        public override int Hopeless => ObservedTexts.Unseen;

        public override bool Rescues(int meaning) => _meanings[meaning].Kind == Kind.Put;

        /// <summary>An append makes a text grow, and all that sees it leaves it as it is.</summary>
        public override bool Replaces(int meaning) => _meanings[meaning].Kind is Kind.Put or Kind.Swapped or Kind.MaybeSwapped;

        public override bool MayReach(int state, int meaning)
        {
            var (kind, _, value, expected) = _meanings[meaning];
            return _texts.MayGrow(state, kind == Kind.Get ? value : expected);
        }

        public override bool NeedsHope(int meaning) => _meanings[meaning].Kind is Kind.Get or Kind.Swapped;

        public override int Step(int state, int meaning)
        {
            var (kind, piece, value, expected) = _meanings[meaning];
            return kind switch
            {
                Kind.Get => state == value ? state : Impossible,
                Kind.Put => value,
                Kind.Append => _texts.Append(state, piece),
                Kind.Swapped => state == expected ? value : Impossible,
                Kind.Found => state == expected ? Impossible : state,
                _ => state == expected ? value : state,
            };
        }

        public override string Describe(int state) => _texts.Text(state) switch
        {
            null => "holds a text that nobody saw",
            "" => "holds nothing",
            var text => $"holds “{text}”",
        };

        /// <summary>A delete puts the empty text, which is what a key holds that was never put.</summary>
        protected override Meaning Read(Operation operation) => base.Read(operation) switch
        {
            { Function: FunctionNames.Get } get => get with { Argument = null, Expected = null, Result = get.Result ?? "" },
            { Function: FunctionNames.CompareAndSet } cas => cas with
            {
                Argument = cas.Argument ?? "",
                Expected = cas.Expected ?? "",
                Result = cas.IsKnown ? Truth(cas.Result ?? "true") : null,
            },
            { Function: FunctionNames.Delete } => new(FunctionNames.Put, "", null, null, IsKnown: true),
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
            var piece = (kind == Kind.Get ? meaning.Result : meaning.Argument)!;
            var value = kind == Kind.Append ? ObservedTexts.Unseen : _texts.Of(piece);
            var expected = meaning.Expected is null ? ObservedTexts.Unseen : _texts.Of(meaning.Expected);
            _meanings.Add((kind, piece, value, expected));
            return kind switch
            {
                Kind.Get or Kind.Found => true,
                Kind.Put => false,
                Kind.Append => piece.Length == 0,
                _ => value == expected,
            };
        }
    }
}
