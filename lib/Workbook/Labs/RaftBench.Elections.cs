using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>What the labs ask about leaders and terms.</summary>
public sealed partial class RaftBench
{
    /// <summary>Waits until one of the connected servers leads, up to about 5 s as in the labs; the leader of the latest term.</summary>
    public async Task<NodeId> CheckOneLeader()
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await Sleep(Random.Next(450.Milliseconds(), 550.Milliseconds()));
            var leaders = Connected.Select(server => (Server: server, State: GetState(server))).Where(one => one.State.IsLeader).ToList();
            if (leaders.Count > 0) return leaders.MaxBy(one => one.State.Term).Server;
        }

        Fail("No leader", $"none of {Names(Connected)} has led for 5 s, although they are {(Connected.Count() == _servers.Length ? "all" : "a majority, and")} connected ({Terms()}).");
        return default;
    }

    /// <summary>No connected server may think that it leads.</summary>
    public void CheckNoLeader()
    {
        foreach (var server in Connected)
        {
            var (term, isLeader) = GetState(server);
            if (isLeader) Fail("Leader of a minority", $"{server} says that it leads term {term}, but it can reach too few servers to have been elected in it, or to lead on.");
        }
    }

    /// <summary>The term that all connected servers agree on.</summary>
    public long CheckTerms()
    {
        if (Connected.Select(server => GetState(server).Term).Distinct().Count() > 1) Fail("Terms differ", $"the connected servers are in different terms ({Terms()}).");
        var term = Connected.Select(server => GetState(server).Term).FirstOrDefault();
        if (term < 1) Fail("No term", $"there is a leader, and the term is {term}; the first leader's term is 1 at least.");
        return term;
    }

    private IEnumerable<NodeId> Connected => _servers.Where(IsConnected);

    private string Terms() => string.Join(", ", Connected.Select(server => $"{server} in term {GetState(server).Term}"));

    private static string Names(IEnumerable<NodeId> servers)
    {
        var names = servers.Select(server => server.Name).ToList();
        return names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }
}
