using Workbook.Draw;

namespace Workbook.Check;

/// <summary>
/// What an object does when it is used by one client at a time (its sequential specification): from a state, an operation leads to
/// another state and returns a result. A history is checked against one, each key on its own, because a history is linearizable
/// when the part of each object is (Herlihy and Wing 1990, §3.2).
/// </summary>
public abstract partial class Model
{
    private protected Model(string name, params IReadOnlyList<string> functions) => (Name, Functions) = (name, functions);

    /// <summary><c>read</c> and <c>write</c>; nothing is there at first.</summary>
    public static Model Register { get; } = new RegisterModel("register", null, FunctionNames.Read, FunctionNames.Write);

    /// <summary>
    /// A register with <c>cas</c>, which writes its argument when it finds the expected value and returns <c>true</c>, or leaves the
    /// register as it is and returns <c>false</c>. (etcd's keys, and the histories that Jepsen took of them.)
    /// </summary>
    public static Model CasRegister { get; } =
        new RegisterModel("cas-register", null, FunctionNames.Read, FunctionNames.Write, FunctionNames.CompareAndSet);

    /// <summary>
    /// Texts under keys, as lab 3 has them: <c>get</c>, <c>put</c>, <c>append</c>, <c>delete</c> and <c>cas</c>. A key that was never
    /// put holds the empty text, and nothing (null) is the empty text too.
    /// </summary>
    public static Model KeyValue { get; } = new KeyValueModel("");

    /// <summary>
    /// A whole number, 0 at first: <c>add</c> with a number, <c>increment</c> and <c>decrement</c> (by 1, or by a number), <c>read</c>.
    /// A result of those that change it, where there is one, is the number after the change.
    /// </summary>
    public static Model Counter { get; } = new CounterModel(0);

    /// <summary>First in, first out: <c>enqueue</c>, and <c>dequeue</c>, which returns nothing (null) from an empty queue.</summary>
    public static Model Queue { get; } = new QueueModel();

    /// <summary>
    /// Different elements: <c>add</c> and <c>remove</c>, whose result, where there is one, says whether the set changed; <c>contains</c>;
    /// and <c>read</c>, which returns all elements.
    /// </summary>
    public static Model Set { get; } = new SetModel();

    /// <summary>A lock that one client holds at a time: <c>acquire</c>, and <c>release</c> by the client that holds it.</summary>
    public static Model Lock { get; } = new LockModel("lock", owned: true);

    /// <summary>A lock that anyone may release, as a semaphore of one: Jepsen's mutex, whose crashed clients come back under new names.</summary>
    public static Model Mutex { get; } = new LockModel("mutex", owned: false);

    /// <summary>All models of this library.</summary>
    public static IReadOnlyList<Model> All { get; } = [Register, CasRegister, KeyValue, Counter, Queue, Set, Lock, Mutex];

    /// <summary>
    /// As <c>workbook check --model</c> names it: <c>register</c>, <c>cas-register</c>, <c>kv</c>, <c>counter</c>, <c>queue</c>,
    /// <c>set</c>, <c>lock</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>The functions it has.</summary>
    public IReadOnlyList<string> Functions { get; }

    /// <summary>The model with that name, or null when there is none.</summary>
    public static Model? Named(string name) => All.FirstOrDefault(model => model.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The model that has the functions of the history, or null when none of this library has any of them.</summary>
    public static Model? Guess(History history)
    {
        var used = history.Operations.Select(FunctionNames.Name).ToHashSet(StringComparer.Ordinal);
        if (used.Count == 0) return Register;
        if (Uses(FunctionNames.Get, FunctionNames.Put, FunctionNames.Append, FunctionNames.Delete)) return KeyValue;
        if (Uses(FunctionNames.Enqueue, FunctionNames.Dequeue)) return Queue;
        if (Uses(FunctionNames.Acquire, FunctionNames.Release)) return Lock;
        if (Uses(FunctionNames.Contains, FunctionNames.Remove)) return Set;
        if (Uses(FunctionNames.Increment, FunctionNames.Decrement)) return Counter;
        if (Uses(FunctionNames.Add)) return AddsNumbers(history) ? Counter : Set;
        if (Uses(FunctionNames.CompareAndSet)) return CasRegister;
        return Uses(FunctionNames.Read, FunctionNames.Write) ? Register : null;

        bool Uses(params IReadOnlyList<string> functions) => functions.Any(used.Contains);
    }

    /// <summary>The same object with another value at first.</summary>
    /// <exception cref="ArgumentException">This object cannot start with that.</exception>
    public Model StartingAt(string value) => WithInitial(value)
        ?? throw new ArgumentException($"A {Name} cannot start at {value}; a register, a kv and a counter can start at a value of theirs.", nameof(value));

    /// <summary>
    /// A model of one's own: from a state and an operation, the state after it and the result that the operation must then have
    /// returned. Null says that the operation cannot happen in that state. For an operation without an answer any result will do.
    /// </summary>
    /// <example><c>Model.Of(0, (count, op) => op.Function == "increment" ? (count + 1, null) : (count, $"{count}"))</c></example>
    /// <typeparam name="TState">Any type whose values are equal when they mean the same: numbers, texts, tuples, records of those.</typeparam>
    /// <param name="initial">The state at first, of each key.</param>
    /// <param name="apply">The step. It must depend on nothing but the state, and on the operation's client, function, argument and expected value.</param>
    /// <param name="name">How reasons call it.</param>
    public static Model Of<TState>(TState initial, Func<TState, Operation, (TState State, string? Result)?> apply, string name = "model")
        where TState : notnull => new CustomModel<TState>(initial, apply, name);

    public override string ToString() => Name;

    /// <summary>Why the model cannot say anything about the history, or null when it can.</summary>
    internal string? Refusal(History history)
    {
        foreach (var (index, operation) in history.Operations.Index())
        {
            if (operation.Outcome == Outcome.Failed) continue;
            if (Functions.Count > 0 && !Functions.Contains(FunctionNames.Name(operation)))
            {
                return $"{history.Where(index)}A {Name} has no function {operation.Function}, which client {operation.Client} calls at {operation.Invoked}; "
                    + $"it has {Words.List(Functions)}.";
            }

            if (Objection(operation) is { } objection)
                return $"{history.Where(index)}Client {operation.Client}'s operation at {operation.Invoked} means nothing to a {Name}: {objection}.";
        }

        return null;
    }

    /// <summary>The parts of a history that can be checked each on its own, in the order of their first operation.</summary>
    internal virtual IEnumerable<IReadOnlyList<Operation>> Parts(IEnumerable<Operation> operations) =>
        operations.GroupBy(operation => operation.Key).Select(part => part.ToList());

    /// <summary>What is wrong with an operation of a function that the model has; null when nothing is.</summary>
    internal virtual string? Objection(Operation operation) => null;

    internal virtual Model? WithInitial(string value) => null;

    /// <summary>What reasons call the object.</summary>
    internal virtual string Noun => Name;

    /// <summary>What the operation did, where values replace each other; null where they do not, or where that is not known.</summary>
    internal virtual Access? AccessOf(Operation operation) => null;

    /// <summary>The value at first, of an object whose values replace each other.</summary>
    internal virtual string? InitialValue => null;

    /// <summary>The states of one part, without its operations.</summary>
    /// <param name="part">The operations, from which it may be known which states nobody can tell apart.</param>
    /// <param name="exact">Whether such states are to be kept apart all the same, to be told of.</param>
    internal abstract StateSpace Compile(IReadOnlyList<Operation> part, bool exact = false);

    /// <summary><c>true</c> or <c>false</c>, as clients spell them; null for anything else.</summary>
    private protected static string? Truth(string result) => result.ToLowerInvariant() switch
    {
        "true" or "ok" or "1" or "yes" => "true",
        "false" or "fail" or "0" or "no" => "false",
        _ => null,
    };

    /// <summary>A history of <c>add</c> and <c>read</c> is one of a counter when what is read are numbers; else of a set.</summary>
    private static bool AddsNumbers(History history)
    {
        var reads = history.Operations.Where(operation => FunctionNames.Name(operation) == FunctionNames.Read && operation.Outcome == Outcome.Ok).ToList();
        return reads.Count > 0 && history.Operations.Where(operation => FunctionNames.Name(operation) == FunctionNames.Add)
            .Select(operation => operation.Argument).Concat(reads.Select(read => read.Result)).All(CounterModel.IsNumber);
    }
}
