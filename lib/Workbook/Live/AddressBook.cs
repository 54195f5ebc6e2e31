using System.Net;
using System.Net.Sockets;
using Workbook.Sim;

namespace Workbook.Live;

/// <summary>
/// Where nodes listen: as given at the start; else what the name itself says, when it is an address (<c>127.0.0.1:4711</c>);
/// else as the node told when it first spoke to this one.
/// </summary>
internal sealed class AddressBook
{
    private readonly Dictionary<NodeId, IPEndPoint> _given;
    private readonly Dictionary<NodeId, IPEndPoint> _told = [];

    public AddressBook(IReadOnlyDictionary<NodeId, IPEndPoint> given)
    {
        foreach (var (node, address) in given) RequireLoopback(node, address);
        _given = new(given);
    }

    public void Learn(NodeId node, IPEndPoint address) => _told[node] = address;

    /// <exception cref="ArgumentException">Nothing is known about where that node listens.</exception>
    public IPEndPoint Find(NodeId node)
    {
        if (node.Name is null) throw new ArgumentException("This message is for nobody: its node has no name.");
        if (_given.TryGetValue(node, out var address)) return address;
        if (TryParse(node.Name, out address)) return RequireLoopback(node, address);
        if (_told.TryGetValue(node, out address)) return address;
        throw new ArgumentException(
            $"Nobody knows where {node} listens. Name it by its address (127.0.0.1:4711), or give its address when this node starts.");
    }

    /// <summary>Reads <c>127.0.0.1:4711</c>, <c>[::1]:4711</c> and <c>localhost:4711</c>.</summary>
    public static bool TryParse(string text, out IPEndPoint address)
    {
        const string localhost = "localhost:";
        if (text.StartsWith(localhost, StringComparison.OrdinalIgnoreCase)) text = $"{IPAddress.Loopback}:{text[localhost.Length..]}";

        // A bare number would be read as an address with port 0.
        var isAddress = IPEndPoint.TryParse(text, out var parsed) && parsed.Port != 0;
        address = parsed!;
        return isAddress;
    }

    private static IPEndPoint RequireLoopback(NodeId node, IPEndPoint address) =>
        address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && IPAddress.IsLoopback(address.Address)
            ? address
            : throw new ArgumentException($"{node} at {address} is not on this machine; nodes talk over 127.0.0.1 only.");
}
