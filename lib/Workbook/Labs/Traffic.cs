using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>
/// Counts what servers send, as the labs do: requests and not their answers. And sees to it that nobody changes a message after it was sent: here it is
/// handed over as it is, and a change would reach the receiver, as it never does through a real network.
/// </summary>
public sealed class Traffic
{
    private const int MostInOneEvent = 100_000;
    private const int Remembered = 64;

    private readonly Bench _bench;
    private readonly Delivery?[] _received = new Delivery?[Remembered];
    private int _nextReceived;
    private long _event;
    private int _inOneEvent;

    internal Traffic(Bench bench)
    {
        _bench = bench;
        bench.Run.Network.Sending = Count;
    }

    /// <summary>Requests sent so far, from all servers.</summary>
    public long Requests { get; private set; }

    /// <summary>Bytes of those requests: what the message says, or what its parts add up to where it says nothing.</summary>
    public long Bytes { get; private set; }

    internal void Guard()
    {
        _bench.Run.Network.Sending = delivery =>
        {
            Count(delivery);
            delivery.Fingerprint = MessageShape.Fingerprint(delivery.Message);
        };
        _bench.Run.Network.Arriving = Received;
    }

    private void Count(Delivery delivery)
    {
        if (_event != _bench.Run.Events) (_event, _inOneEvent) = (_bench.Run.Events, 0);
        if (++_inOneEvent > MostInOneEvent) throw new InvalidOperationException($"It sends more than {MostInOneEvent:N0} messages at one moment.");
        if (delivery.IsAnswer || delivery.From == delivery.To) return;
        Requests++;
        var bytes = delivery.Message.WireBytes();
        Bytes += bytes > 0 ? bytes : MessageShape.Bytes(delivery.Message);
    }

    private void Received(Delivery delivery)
    {
        Check(delivery);
        if (delivery.Fingerprint == 0) return;
        if (_received[_nextReceived] is { } old) Check(old);
        if (_received[(_nextReceived + Remembered - 1) % Remembered] is { } latest) Check(latest);
        _received[_nextReceived] = delivery;
        _nextReceived = (_nextReceived + 1) % Remembered;
    }

    private void Check(Delivery delivery)
    {
        if (delivery.Fingerprint == 0 || MessageShape.Fingerprint(delivery.Message) == delivery.Fingerprint) return;
        _bench.Report("Changed message", $"the {delivery.Message.GetType().Name} from {delivery.From.Id} to {delivery.To.Id} was changed after it was sent. "
            + "A message is handed over as it is: put a copy of a list into it ([.. list]), and change none that you were given.");
    }
}
