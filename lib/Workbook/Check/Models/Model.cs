namespace Workbook.Check;

/// <summary>
/// What an object does when it is used by one client at a time (its sequential specification): from a state, an operation leads to
/// another state and returns a result.
/// </summary>
public abstract partial class Model
{
    private protected Model(string name, params IReadOnlyList<string> functions) => (Name, Functions) = (name, functions);

    /// <summary>As <c>workbook check --model</c> names it: <c>register</c>, <c>cas-register</c>, <c>kv</c>, <c>counter</c>, <c>queue</c>, <c>set</c>, <c>lock</c>.</summary>
    public string Name { get; }

    /// <summary>The functions it has.</summary>
    public IReadOnlyList<string> Functions { get; }

    public override string ToString() => Name;
}
