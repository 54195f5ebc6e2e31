using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Workbook.Sim;

namespace Workbook.Live;

/// <summary>
/// The network as one node has it: an inbox for each connection that others made to it, an outbox for each address it
/// has sent to. A connection carries messages one way; the answer goes back over the other node's own.
/// </summary>
internal sealed class LiveNetwork : IDisposable
{
    private static readonly TimeSpan TimeToFinish = 1.Seconds();

    private readonly Dictionary<IPEndPoint, Outbox> _outboxes = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Socket _listener;
    private readonly AddressBook _addresses;
    private readonly MessageCodec _codec;
    private readonly EventLoop _loop;
    private readonly Action<string> _complain;
    private readonly byte[] _hello;

    public LiveNetwork(NodeId self, Socket listener, AddressBook addresses, MessageCodec codec, EventLoop loop, Action<string> complain)
    {
        (_listener, _addresses, _codec, _loop) = (listener, addresses, codec, loop);
        _complain = text => loop.Post(() => complain(text));
        _hello = codec.Encode(new Hello(Hello.ThisProtocol, self.Name, listener.LocalEndPoint!.ToString()!));
        Self = self;
    }

    public delegate void Receiver(NodeId from, Message message, DeliveryKind kind, long call);

    public NodeId Self { get; }

    /// <summary>Takes what arrives, on the loop's thread.</summary>
    public Receiver Deliver { get; set; } = (_, _, _, _) => { };

    /// <summary>Sends and does not wait; only on the loop's thread.</summary>
    public void Send(NodeId to, Message message, DeliveryKind kind, long call)
    {
        if (to == Self)
        {
            _loop.Post(() => Deliver(Self, message, kind, call));
            return;
        }

        var address = _addresses.Find(to);
        if (!_outboxes.TryGetValue(address, out var outbox))
        {
            outbox = new Outbox(to, address, _hello, _complain, _end.Token);
            _outboxes.Add(address, outbox);
            _ = Watched(outbox.Done);
        }

        outbox.Add(_codec.Encode(kind, call, message));
    }

    /// <summary>Takes the connections that others make, until the end.</summary>
    public Task Accept() => Watched(AcceptAll());

    /// <summary>Lets what was sent go out, as far as the others take it in a second.</summary>
    public async Task Finish()
    {
        foreach (var outbox in _outboxes.Values) outbox.Close();
        var all = Task.WhenAll(_outboxes.Values.Select(outbox => outbox.Done));
        await Task.WhenAny(all, Task.Delay(TimeToFinish)).ConfigureAwait(false);
    }

    public void Dispose() => _end.Cancel();

    private async Task AcceptAll()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_end.Token).ConfigureAwait(false);
                _ = Watched(new Inbox(this, socket).Read());
            }
            catch (SocketException exception)
            {
                // No more sockets to be had, for one: what is there already goes on, and the next may fare better.
                _complain($"a connection could not be taken: {exception.Message}");
                await Task.Delay(100, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <summary>What goes wrong beside the loop, and is none of the things that go wrong in networks, ends the node too.</summary>
    private async Task Watched(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _loop.Post(() => ExceptionDispatchInfo.Throw(exception));
        }
    }

    /// <summary>A connection that another node made.</summary>
    private sealed class Inbox(LiveNetwork network, Socket socket)
    {
        private const int LongestHello = 4096;

        private NodeId _from;

        /// <summary>Reads until either side ends it. What is malformed ends the connection, and nothing else.</summary>
        public async Task Read()
        {
            var end = network._end.Token;
            try
            {
                await using var stream = new BufferedStream(new NetworkStream(socket, ownsSocket: true), 64 << 10);
                if (await Frame.Read(stream, LongestHello, end).ConfigureAwait(false) is not { } hello) return;
                Greet(network._codec.DecodeHello(hello));

                // One message is read ahead while the process is at the one before; a sender that is faster waits in TCP.
                var delivered = Task.CompletedTask;
                while (await Frame.Read(stream, Frame.Longest, end).ConfigureAwait(false) is { } frame)
                {
                    var (kind, call, message) = network._codec.Decode(frame);
                    await delivered.WaitAsync(end).ConfigureAwait(false);
                    delivered = network._loop.PostAndWait(() => network.Deliver(_from, message, kind, call));
                }
            }
            catch (MalformedException exception)
            {
                var from = _from.Name is null ? "" : $" from {_from}";
                network._complain($"a connection{from} was dropped: it brought {exception.Message}");
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The other node died or hung up, or this one ends. Whoever waits for it has a timeout.
            }
        }

        private void Greet(Hello hello)
        {
            if (!AddressBook.TryParse(hello.Listens, out var address) || !IPAddress.IsLoopback(address.Address))
            {
                throw new MalformedException($"a greeting from {hello.Listens}, which is no address on this machine");
            }

            _from = hello.Name;
            network._loop.Post(() => network._addresses.Learn(hello.Name, address));
        }
    }
}
