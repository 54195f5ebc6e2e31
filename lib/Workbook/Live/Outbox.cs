using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Workbook.Sim;

namespace Workbook.Live;

/// <summary>What is on its way to one address. It connects when there is something to send, and again after a failure.</summary>
/// <remarks>What cannot be sent is lost, as in any network; the process above has its timeouts.</remarks>
internal sealed class Outbox
{
    private const long MostWaiting = Frame.Longest;

    private readonly Channel<byte[]> _frames = Channel.CreateUnbounded<byte[]>();
    private readonly NodeId _to;
    private readonly IPEndPoint _address;
    private readonly byte[] _hello;
    private readonly Action<string> _complain;
    private readonly CancellationToken _end;
    private NetworkStream? _stream;
    private long _waiting;
    private bool _isLosing;

    public Outbox(NodeId to, IPEndPoint address, byte[] hello, Action<string> complain, CancellationToken end)
    {
        (_to, _address, _hello, _complain, _end) = (to, address, hello, complain, end);
        Done = Task.Run(SendAll, CancellationToken.None);
    }

    /// <summary>Completes when it is closed and nothing is left to send.</summary>
    public Task Done { get; }

    /// <summary>Takes a frame, whole, and never waits.</summary>
    public void Add(byte[] frame)
    {
        var waiting = Interlocked.Read(ref _waiting);
        if (waiting > 0 && waiting + frame.Length > MostWaiting)
        {
            Lose($"{waiting} bytes wait for it already");
            return;
        }

        Interlocked.Add(ref _waiting, frame.Length);
        _frames.Writer.TryWrite(frame);
    }

    /// <summary>Takes nothing more.</summary>
    public void Close() => _frames.Writer.TryComplete();

    private async Task SendAll()
    {
        try
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync(_end).ConfigureAwait(false))
            {
                await Send(frame).ConfigureAwait(false);
                Interlocked.Add(ref _waiting, -frame.Length);
            }
        }
        catch (OperationCanceledException)
        {
            // The node has ended.
        }
        finally
        {
            HangUp(_stream);
        }
    }

    private async Task Send(byte[] frame)
    {
        var stream = Volatile.Read(ref _stream);
        try
        {
            stream ??= await Connect().ConfigureAwait(false);
            await stream.WriteAsync(frame, _end).ConfigureAwait(false);
            _isLosing = false;
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            HangUp(stream);
            Lose(exception.Message);
        }
    }

    private async Task<NetworkStream> Connect()
    {
        var socket = new Socket(_address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_address, _end).ConfigureAwait(false);

            // Where nobody listens TCP may connect a socket with itself, if it happens to get the very port that it calls.
            if (socket.LocalEndPoint!.Equals(socket.RemoteEndPoint)) throw new SocketException((int)SocketError.ConnectionRefused);
            var stream = new NetworkStream(socket, ownsSocket: true);
            await stream.WriteAsync(_hello, _end).ConfigureAwait(false);
            Volatile.Write(ref _stream, stream);
            _ = Watch(stream);
            return stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Nothing ever comes this way but the end: the other node died, and the next message needs a new connection.</summary>
    private async Task Watch(NetworkStream stream)
    {
        try
        {
            await stream.ReadAsync(new byte[1], _end).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
        }

        HangUp(stream);
    }

    private void HangUp(NetworkStream? stream)
    {
        if (stream is null) return;
        Interlocked.CompareExchange(ref _stream, null, stream);
        stream.Dispose();
    }

    /// <summary>Says so once, until something gets through again.</summary>
    private void Lose(string why)
    {
        if (_isLosing) return;
        _isLosing = true;
        _complain($"what is sent to {_to} is lost: {why}");
    }
}
