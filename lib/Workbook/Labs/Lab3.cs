using System.Runtime.CompilerServices;

namespace Workbook.Labs;

/// <summary>
/// Lab 3, a key/value store on Raft: the tests of its parts 3A and 3B by their names, in virtual time. They run on the library's store, or on a reader's
/// server, clerk and Raft, see <see cref="LabStore"/>.
/// </summary>
/// <example><code>
/// Lab3.A.Run(new() { Server = most => new MyServer(most) })              // the tests of part 3A, 20 seeds each
/// Lab3.TestOnePartition(7, new() { Server = most => new MyServer(most) }) // one of them, from one seed
/// </code></example>
public static partial class Lab3
{
    /// <summary>The store without snapshots.</summary>
    public static LabPart<LabStore> A { get; } = Part("3A", PartA);

    /// <summary>The store with snapshots.</summary>
    public static LabPart<LabStore> B { get; } = Part("3B", PartB);

    /// <summary>Runs all tests of both parts, each from many seeds.</summary>
    /// <param name="store">The store's parts; the library's own when left out.</param>
    /// <param name="seeds">How many seeds each.</param>
    /// <param name="expression">The store, as it was written; the compiler fills it in.</param>
    public static LabReport Run(LabStore? store = null, int seeds = 20, [CallerArgumentExpression(nameof(store))] string expression = "") =>
        LabReport.Of("Lab 3", Parts.Select(part => part.Run(store, seeds, expression)));

    internal static IReadOnlyList<LabPart<LabStore>> Parts => [A, B];

    private static LabPart<LabStore> Part(string name, IReadOnlyList<LabScript<LabStore>> scripts) => new(name, nameof(Lab3), LabStore.Library, scripts);

    private static LabScript<LabStore> Script(string name, string asks, int servers, Func<StoreBench, Task> script, long? maxRaftState = null) =>
        new(name, asks, (setting, store) => new StoreBench(setting, servers, store, maxRaftState, script));

    private static LabScript<LabStore> Script(string name, string asks, StoreLoad load) => Script(name, asks, load.Servers, load.Play, load.MaxRaftState);

    private static LabRun Play(LabPart<LabStore> part, ulong seed, LabStore? store, string expression, [CallerMemberName] string test = "") =>
        part.Test(test, store, expression).Run(seed);
}
