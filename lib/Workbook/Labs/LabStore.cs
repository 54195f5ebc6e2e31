using Workbook.KeyValue;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// The three parts of lab 3's store: the server, the clerk that asks it, and Raft below the server. Each is the library's own where the reader gives none, so
/// that one can be written at a time.
/// </summary>
/// <example><code>
/// var mine = new LabStore { Server = most => new MyServer(most), Clerk = servers => new MyClerk(servers) };
/// Lab3.A.Run(mine)
/// Lab3.B.Run(mine with { Raft = servers => new MyRaft(servers) })      // on the Raft of lab 2
/// </code></example>
public sealed record LabStore
{
    /// <summary>All three parts are the library's.</summary>
    public static readonly LabStore Library = new();

    /// <summary>
    /// Makes the service of one server. It is told how many bytes of log Raft may hold before it should take a snapshot (the labs' <c>maxraftstate</c>);
    /// null in part 3A, where it takes none.
    /// </summary>
    public Func<long?, ReplicatedService> Server { get; init; } = most => new KeyValueServer(KeyValueOptions.Lab with { MaxRaftState = most });

    /// <summary>Makes one clerk, given the names of the servers.</summary>
    public Func<IReadOnlyList<NodeId>, Clerk> Clerk { get; init; } = servers => new LibraryClerk(servers, KeyValueOptions.Lab);

    /// <summary>Makes the Raft peer of one server, given the names of the group.</summary>
    public Func<IReadOnlyList<NodeId>, RaftPeer> Raft { get; init; } = servers => new RaftServer(servers, RaftOptions.Lab);

    /// <summary>The library's three parts with precautions and timing as one likes.</summary>
    public static LabStore On(KeyValueOptions options) => new()
    {
        Server = most => new KeyValueServer(options with { MaxRaftState = most }),
        Clerk = servers => new LibraryClerk(servers, options),
        Raft = servers => new RaftServer(servers, options.Raft),
    };
}
