using System.Globalization;
using System.Numerics;

namespace Workbook.Check;

/// <summary>A whole number of any size.</summary>
internal sealed class CounterModel(BigInteger initial)
    : Model("counter", FunctionNames.Add, FunctionNames.Increment, FunctionNames.Decrement, FunctionNames.Read)
{
    internal static bool IsNumber(string? text) => Parse(text) is not null;

    internal override Model? WithInitial(string value) => Parse(value) is { } number ? new CounterModel(number) : null;

    internal override string? Objection(Operation operation)
    {
        var function = FunctionNames.Name(operation);
        if (function != FunctionNames.Read && (operation.Argument is not null || function == FunctionNames.Add) && !IsNumber(operation.Argument))
            return $"{operation} does not say by which whole number";
        if (operation.Outcome == Outcome.Ok && function == FunctionNames.Read && !IsNumber(operation.Result))
            return $"{operation} is not a whole number";
        return null;
    }

    internal override StateSpace Compile(IReadOnlyList<Operation> part, bool exact = false) => new Space(initial);

    private static BigInteger? Parse(string? text) =>
        BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed class Space : StateSpace
    {
        private readonly Dictionary<BigInteger, int> _numbers = [];
        private readonly List<BigInteger> _values = [];
        private readonly List<(BigInteger By, BigInteger? Result)> _meanings = [];

        public Space(BigInteger initial) => Initial = Number(initial);

        public override int Initial { get; }

        public override int Step(int state, int meaning)
        {
            var (by, result) = _meanings[meaning];
            var after = _values[state] + by;
            return result is null || result == after ? Number(after) : Impossible;
        }

        public override string Describe(int state) => $"stands at {_values[state].ToString(CultureInfo.InvariantCulture)}";

        /// <summary>What changes the number may return it, or a word of thanks, which is nothing to us.</summary>
        protected override Meaning Read(Operation operation)
        {
            var meaning = base.Read(operation) with { Expected = null };
            var result = Parse(meaning.Result)?.ToString(CultureInfo.InvariantCulture);
            if (meaning.Function == FunctionNames.Read) return meaning with { Argument = null, Result = result };
            var by = Parse(meaning.Argument ?? "1") ?? 0;
            if (meaning.Function == FunctionNames.Decrement) by = -by;
            return new(FunctionNames.Add, by.ToString(CultureInfo.InvariantCulture), null, result, IsKnown: result is not null);
        }

        protected override bool Compile(Meaning meaning)
        {
            var by = Parse(meaning.Argument) ?? 0;
            _meanings.Add((by, Parse(meaning.Result)));
            return by == 0;
        }

        private int Number(BigInteger value)
        {
            if (_numbers.TryGetValue(value, out var number)) return number;
            _numbers.Add(value, number = _values.Count);
            _values.Add(value);
            return number;
        }
    }
}
