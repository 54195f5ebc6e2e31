using System.Runtime.CompilerServices;
using Workbook.Draw;

namespace Workbook.Labs;

/// <summary>A part of a lab: its tests, which run on the library's servers or on a reader's.</summary>
/// <typeparam name="TMake">What makes the servers.</typeparam>
[TypeFormatterSource]
public sealed class LabPart<TMake> : IDisplay
    where TMake : class
{
    private readonly string _lab;
    private readonly TMake _own;
    private readonly IReadOnlyList<LabScript<TMake>> _scripts;

    internal LabPart(string name, string lab, TMake own, IReadOnlyList<LabScript<TMake>> scripts) => (Name, _lab, _own, _scripts) = (name, lab, own, scripts);

    /// <summary>The part's name: <c>2A</c>.</summary>
    public string Name { get; }

    /// <summary>The names of its tests.</summary>
    public IReadOnlyList<string> Tests => [.. _scripts.Select(script => script.Name)];

    /// <summary>Runs all its tests, each from many seeds.</summary>
    /// <param name="make">Makes one server; the library's own when left out.</param>
    /// <param name="seeds">How many seeds each.</param>
    /// <param name="expression">How the servers are made, as it was written; the compiler fills it in.</param>
    public LabReport Run(TMake? make = null, int seeds = 20, [CallerArgumentExpression(nameof(make))] string expression = "") =>
        LabReport.Of($"Lab {Name}", [.. _scripts.Select(script => On(script, make, expression))], seeds);

    /// <summary>One of its tests.</summary>
    /// <param name="name">The test's name.</param>
    /// <param name="make">Makes one server; the library's own when left out.</param>
    /// <param name="expression">How the servers are made, as it was written; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">The part has no such test.</exception>
    public LabTest Test(string name, TMake? make = null, [CallerArgumentExpression(nameof(make))] string expression = "") => On(
        _scripts.FirstOrDefault(script => script.Name == name) ?? throw new ArgumentException($"Lab {Name} has no {name}; it has {string.Join(", ", Tests)}."),
        make, expression);

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => Draw.Table.Of($"Lab {Name}", _scripts, ("test", script => script.Name), ("asks for", script => script.Asks)).ToMimeBundle();

    /// <summary><c>Lab 2A: TestInitialElection, TestReElection, TestManyElections</c></summary>
    public override string ToString() => $"Lab {Name}: {string.Join(", ", Tests)}";

    internal LabTest On(LabScript<TMake> script, TMake? make, string expression) =>
        script.On(make ?? _own, _own, _lab, make is null ? "" : expression);
}
