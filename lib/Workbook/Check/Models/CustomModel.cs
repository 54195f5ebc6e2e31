namespace Workbook.Check;

/// <summary>A model that a reader wrote: a state at first, and a function of state and operation.</summary>
internal sealed class CustomModel<TState>(TState initial, Func<TState, Operation, (TState State, string? Result)?> apply, string name) : Model(name)
    where TState : notnull
{
    internal override StateSpace Compile(IReadOnlyList<Operation> part, bool exact = false) => new Space(initial, apply);

    private sealed class Space(TState initial, Func<TState, Operation, (TState State, string? Result)?> apply) : StateSpace
    {
        private readonly Dictionary<TState, int> _numbers = new() { [initial] = 0 };
        private readonly List<TState> _states = [initial];
        private readonly List<Operation> _meanings = [];
        private Operation? _learned;

        public override int Initial => 0;

        public override int Step(int state, int meaning)
        {
            var operation = _meanings[meaning];
            (TState State, string? Result)? after;
            try
            {
                after = apply(_states[state], operation);
            }
            catch (Exception thrown) when (thrown is not OutOfMemoryException)
            {
                throw new ModelFailedException($"The model threw {thrown.GetType().Name} at {operation} in state {_states[state]}: {thrown.Message}");
            }

            if (after is not { } done || (operation.Outcome == Outcome.Ok && done.Result != operation.Result)) return Impossible;
            if (_numbers.TryGetValue(done.State, out var number)) return number;
            _numbers.Add(done.State, number = _states.Count);
            _states.Add(done.State);
            return number;
        }

        public override string Describe(int state) => $"is in state {_states[state]}";

        /// <summary>The function may look at everything but at times and at the result, so all of that makes a meaning.</summary>
        protected override Meaning Read(Operation operation)
        {
            _learned = operation;
            return base.Read(operation) with { Function = operation.Function, Client = operation.Client };
        }

        /// <summary>Whether a function never changes a state cannot be seen from outside.</summary>
        protected override bool Compile(Meaning meaning)
        {
            _meanings.Add(_learned!);
            return false;
        }
    }
}

/// <summary>A reader's model threw an exception.</summary>
internal sealed class ModelFailedException(string message) : Exception(message);
