using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>The service above Raft in lab 2: it tells the bench what it was told.</summary>
internal sealed class LabService(RaftBench bench, NodeId server) : ReplicatedService
{
    protected override void Start() => bench.Booted(server);

    protected internal override void Applied(long index, string command) => bench.Applied(server, index, command);

    protected internal override void Restored(long index, string state) => bench.Restored(server, index, state);

    protected override void Receive(Message message, Sender from) => throw new InvalidOperationException(
        $"{from} sent {message}, which no peer receives: derive {message.GetType().Name} from RaftMessage, then it reaches Receive of the peer");
}
