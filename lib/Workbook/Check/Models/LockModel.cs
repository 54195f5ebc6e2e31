namespace Workbook.Check;

/// <summary>A lock: state 0 is free, and the others say who holds it, or only that somebody does.</summary>
internal sealed class LockModel(string name, bool owned) : Model(name, FunctionNames.Acquire, FunctionNames.Release)
{
    internal override string? Objection(Operation operation) =>
        operation.Outcome == Outcome.Ok && operation.Result is { } result && FunctionNames.Name(operation) == FunctionNames.Acquire && Truth(result) is null
            ? $"{operation} returned {result}; an acquire returns nothing, true or false"
            : null;

    internal override StateSpace Compile(IReadOnlyList<Operation> part, bool exact = false) => new Space(owned);

    private sealed class Space(bool owned) : StateSpace
    {
        private readonly Interner _holders = new();
        private readonly List<(bool Acquires, bool Refused, int Client)> _meanings = [];

        public override int Initial => 0;

        public override int Step(int state, int meaning)
        {
            var (acquires, refused, client) = _meanings[meaning];
            if (refused) return state == 0 ? Impossible : state;
            if (acquires) return state == 0 ? client : Impossible;
            return state == client ? 0 : Impossible;
        }

        public override string Describe(int state) => state == 0 ? "is free" : owned ? $"is held by {_holders.Text(state - 1)}" : "is held";

        /// <summary>An acquire that returned false found the lock held: it did not wait.</summary>
        protected override Meaning Read(Operation operation) => new(FunctionNames.Name(operation), null, null,
            operation.Outcome == Outcome.Ok && FunctionNames.Name(operation) == FunctionNames.Acquire ? Truth(operation.Result ?? "true") : null, IsKnown: true)
        {
            Client = owned ? operation.Client : null,
        };

        protected override bool Compile(Meaning meaning)
        {
            var refused = meaning.Result == "false";
            _meanings.Add((meaning.Function == FunctionNames.Acquire, refused, _holders.Number(meaning.Client) + 1));
            return refused;
        }
    }
}
