namespace Workbook.Check;

/// <summary>
/// What an operation means to a model: two operations that mean the same are the same to a search, whoever called them and when.
/// </summary>
/// <param name="Function">The function, under the one name that the model knows it by.</param>
/// <param name="Argument">Its argument.</param>
/// <param name="Expected">What a compare-and-set wants to find.</param>
/// <param name="Result">What it returned, where that is known.</param>
/// <param name="IsKnown">Whether the result is known; where it is not, whatever the model returns will do.</param>
internal readonly record struct Meaning(string Function, string? Argument, string? Expected, string? Result, bool IsKnown)
{
    /// <summary>Who called, for the few models that care.</summary>
    public string? Client { get; init; }

    /// <summary>That the argument is one of those that nobody ever sees, which are all the same.</summary>
    public bool IsUnseen { get; init; }
}

/// <summary>What an operation did to an object whose values replace each other: what it saw there, and what it left.</summary>
/// <param name="Reads">Whether it saw a value.</param>
/// <param name="Seen">The value it saw; null for nothing.</param>
/// <param name="Writes">Whether it left a value.</param>
/// <param name="Written">The value it left.</param>
internal readonly record struct Access(bool Reads, string? Seen, bool Writes, string? Written);

/// <summary>
/// A model and the operations of one object, as small integers: states are numbered as they are first reached, meanings as they are
/// first met. A search knows nothing else.
/// </summary>
internal abstract class StateSpace
{
    public const int Impossible = -1;

    private readonly Dictionary<Meaning, int> _numbers = new(MeaningHash.Instance);
    private readonly List<bool> _pure = [];

    /// <summary>The number of the state that the object starts in.</summary>
    public abstract int Initial { get; }

    /// <summary>How many meanings there are.</summary>
    public int Meanings => _pure.Count;

    /// <summary>The number of an operation's meaning.</summary>
    public int Learn(Operation operation)
    {
        var meaning = Read(operation);
        if (_numbers.TryGetValue(meaning, out var number)) return number;
        _numbers.Add(meaning, number = _pure.Count);
        _pure.Add(Compile(meaning));
        return number;
    }

    /// <summary>Whether operations of this meaning leave the object as it is in every state in which they are possible.</summary>
    public bool IsPure(int meaning) => _pure[meaning];

    /// <summary>
    /// A state that only certain operations lead out of, and in which certain others are impossible; <see cref="Impossible"/> when the
    /// model has none. Models that have one also say which states may grow into which, and so what a search need not try.
    /// </summary>
    public virtual int Hopeless => Impossible;

    /// <summary>Whether operations of this meaning may lead out of the hopeless state.</summary>
    public virtual bool Rescues(int meaning) => true;

    /// <summary>Whether operations of this meaning may lead from one of the other states to one that it does not grow into.</summary>
    public virtual bool Replaces(int meaning) => true;

    /// <summary>Whether operations of this meaning are possible in one state only, which is not the hopeless one.</summary>
    public virtual bool NeedsHope(int meaning) => false;

    /// <summary>Whether the state is, or may grow into, the one in which an operation of this meaning is possible.</summary>
    public virtual bool MayReach(int state, int meaning) => true;

    /// <summary>The state after an operation of that meaning; <see cref="Impossible"/> when it could not have returned what it did.</summary>
    public abstract int Step(int state, int meaning);

    /// <summary>A state in words, for reasons: <c>holds 3</c>, <c>is held by c1</c>.</summary>
    public abstract string Describe(int state);

    /// <summary>What the operation means; models leave out what is nothing to them.</summary>
    protected virtual Meaning Read(Operation operation) =>
        new(FunctionNames.Name(operation), operation.Argument, operation.Expected, operation.Outcome == Outcome.Ok ? operation.Result : null,
            operation.Outcome == Outcome.Ok);

    /// <summary>Takes in a meaning, whose number is the next one; says whether it is pure.</summary>
    protected abstract bool Compile(Meaning meaning);
}
