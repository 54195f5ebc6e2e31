namespace Workbook.Labs;

/// <summary>What the labs ask about leaders and terms.</summary>
public sealed partial class RaftBench
{
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
}
