namespace Workbook.Labs;

/// <summary>A test before it is known on whose servers it runs.</summary>
/// <typeparam name="TMake">What makes the servers: for lab 2 a function from the names of the group to a Raft peer.</typeparam>
/// <param name="Name">Its name in the lab.</param>
/// <param name="Asks">What it asks for, in a line.</param>
/// <param name="Bench">The bench with such servers.</param>
internal sealed record LabScript<TMake>(string Name, string Asks, Func<BenchSetting, TMake, Bench> Bench)
    where TMake : class
{
    /// <summary>The test on servers made so.</summary>
    /// <param name="make">Makes the servers.</param>
    /// <param name="fair">Makes servers that pass.</param>
    /// <param name="lab">The class that has a method of this test's name.</param>
    /// <param name="expression">How the servers are made, as it was written; empty for the library's own.</param>
    public LabTest On(TMake make, TMake fair, string lab, string expression) => new(
        Name, Asks, setting => Bench(setting, make), setting => Bench(setting, fair),
        seed => $"{lab}.{Name}({seed}{(expression.Length > 0 ? $", {expression}" : "")})");
}
