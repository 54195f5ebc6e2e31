using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>
/// What would be without proof of work: which of two payments of a coin came first is put to the vote, one vote an identity (§4, "one-IP-address-one-vote").
/// </summary>
public partial class BitcoinPeer
{
    private readonly Dictionary<OutPoint, Hash256> _first = [];
    private readonly Dictionary<OutPoint, (HashSet<NodeId> Asked, Dictionary<NodeId, Hash256?> Votes)> _polls = [];

    /// <summary>Asks all identities that it knows of which payment of a coin came first, and accepts what most of them say.</summary>
    internal void Poll(OutPoint coin, IReadOnlyList<NodeId> identities)
    {
        _polls[coin] = ([.. identities], []);
        foreach (var identity in identities) Send(identity, new WhichFirst(coin));
    }

    private void ReceiveVote(Message message, Sender from)
    {
        switch (message)
        {
            case WhichFirst asked:
                Send(from, new Vote(asked.Coin, _first.TryGetValue(asked.Coin, out var txid) ? txid : null));
                break;
            case Vote vote when _polls.TryGetValue(vote.Coin, out var poll) && poll.Asked.Contains(from.Node):
                poll.Votes[from.Node] = vote.Transaction;
                var winner = poll.Votes.Values.OfType<Hash256>().CountBy(each => each).Where(each => 2 * each.Value > poll.Asked.Count)
                    .Select(each => (Hash256?)each.Key).FirstOrDefault();
                if (winner is { } accepted && !_settings.Rules.CountWorkNotIdentities) Wallet.Accept(accepted, Now.SinceStart);
                break;
        }
    }
}

/// <summary>One of the many identities of an attacker (a Sybil): it tells each asker what the attacker wants it to believe.</summary>
internal sealed class SybilIdentity(IReadOnlyDictionary<NodeId, Hash256> lies) : Process
{
    protected override void Receive(Message message, Sender from)
    {
        if (message is WhichFirst asked) Send(from, new Vote(asked.Coin, lies.TryGetValue(from.Node, out var lie) ? lie : null));
    }
}
