using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>Gets that are not entries of the log (lecture 7, end; extended paper §8).</summary>
public sealed partial class KeyValueServer
{
    private void ReadConfirmed(Get get, Sender from)
    {
        if (Raft is not RaftServer raft)
        {
            throw new InvalidOperationException($"{Raft.GetType().Name} cannot confirm reads; only the library's RaftServer can. Set Reads to ReadMode.Log.");
        }

        raft.Read(_options.Reads, isLeader => from.Reply(isLeader ? Found(get.Key) : WrongLeader()));
    }

    private void ReadUnconfirmed(Get get, Sender from) => from.Reply(Raft.GetState().IsLeader ? Found(get.Key) : WrongLeader());
}
