using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Workbook.Live;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Live;

/// <summary>What comes over the wire, and what does not.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = LiveCluster.Patience;
    private static readonly MessageCodec Codec = new([typeof(WireTests).Assembly]);
    private static readonly byte[] GoodHello = Codec.Encode(new Hello(Hello.ThisProtocol, "mallory", "127.0.0.1:1"));

    private readonly LiveCluster _cluster = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    internal sealed record Chunk(byte[] Bytes, string Text) : Message;

    [Fact]
    public async Task Five_megabytes_go_there_and_back()
    {
        var chunk = new Chunk(new byte[5_000_000], new string('ä', 500_000));
        new Random(1).NextBytes(chunk.Bytes);
        var server = _cluster.Start(new Script(_ => Task.CompletedTask, (_, message, from) => from.Reply(message)));
        var echo = await _cluster.Run(me => me.Call<Chunk>(server.Self, chunk, Patience));
        Assert.True(chunk.Bytes.AsSpan().SequenceEqual(echo!.Bytes));
        Assert.Equal(chunk.Text, echo.Text);
    }

    public static TheoryData<string> Malformed => new(Attacks.Keys);

    private static Dictionary<string, (byte[] Bytes, string Complaint)> Attacks => new()
    {
        ["a browser"] = ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), "a frame of 1195725856 bytes"),
        ["another protocol"] = (Codec.Encode(new Hello("workbook 99", "x", "127.0.0.1:1")), "protocol workbook 99, not workbook 1"),
        ["no greeting"] = (Framed("[1, 2"u8), "no greeting of a node"),
        ["a greeting from afar"] = (Codec.Encode(new Hello(Hello.ThisProtocol, "x", "192.0.2.1:80")), "no address on this machine"),
        ["a frame that is too long"] = ([.. GoodHello, 0xff, 0xff, 0xff, 0xff], "a frame of 4294967295 bytes"),
        ["an empty frame"] = ([.. GoodHello, .. Framed([])], "a frame of 0 bytes"),
        ["an unknown type"] = ([.. GoodHello, .. Json("""["System.IO.FileInfo",{}]""")], "“System.IO.FileInfo” is no Message"),
        ["a type that is no message"] = ([.. GoodHello, .. Json($$"""["{{typeof(Hello).FullName}}",{}]""")], "Hello” is no Message"),
        ["no type"] = ([.. GoodHello, .. Json("{}")], "what is no message known here"),
        ["nothing"] = ([.. GoodHello, .. Json("null")], "no message"),
        ["deep nesting"] = ([.. GoodHello, .. Json(new string('[', 100_000))], "what is no message known here"),
        ["bytes that are not there"] = (
            [.. GoodHello, .. Json($$"""["{{typeof(Chunk).FullName}}",{"Bytes":[0,2000000000],"Text":""}]""")], "no 2000000000 bytes at 0"),
        ["a part that is missing"] = ([.. GoodHello, .. Json($$"""["{{typeof(Chunk).FullName}}",{"Text":"x"}]""")], "Bytes"),
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Malformed_bytes_end_their_connection_and_nothing_else(string attack)
    {
        var server = new PongServer();
        var node = _cluster.Start(server);
        var (bytes, complaint) = Attacks[attack];
        using var socket = new TcpClient();
        await socket.ConnectAsync(node.Address);
        await socket.GetStream().WriteAsync(bytes);
        try
        {
            Assert.Equal(0, await socket.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
        }
        catch (IOException)
        {
            // Dropped with something of ours still unread.
        }

        Assert.Equal(1, await _cluster.Run(async me => (await me.Call<Pong>(node.Self, new Ping(1), Patience))?.Number));
        Assert.Equal(1, server.Pings);
        await LiveNodeTests.Eventually(() => !_cluster.Log.IsEmpty);
        var line = Assert.Single(_cluster.Log);
        Assert.Contains(complaint, line);
        var isUnknown = attack is "a browser" or "another protocol" or "no greeting" or "a greeting from afar";
        Assert.Contains(isUnknown ? "a connection was dropped" : "a connection from mallory was dropped", line);
    }

    [Fact]
    public async Task A_connection_cut_within_a_message_loses_that_message_only()
    {
        var server = new PongServer();
        var node = _cluster.Start(server);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(node.Address);
            var ping = Codec.Encode(DeliveryKind.Message, 0, new Ping(1));
            await socket.GetStream().WriteAsync((byte[])[.. GoodHello, .. ping, .. ping[..^3]]);
        }

        await LiveNodeTests.Eventually(() => server.Pings == 1);
        Assert.Equal(2, await _cluster.Run(async me => (await me.Call<Pong>(node.Self, new Ping(2), Patience))?.Number));
        Assert.Equal(2, server.Pings);
        Assert.DoesNotContain(_cluster.Log, line => line.Contains("dropped"));
    }

    [Fact]
    public async Task What_a_node_that_does_not_read_cannot_take_is_lost_and_nobody_waits()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        using var end = new CancellationTokenSource();
        var complaints = new List<string>();
        var outbox = new Outbox("deaf", (IPEndPoint)deaf.LocalEndpoint, GoodHello, complaints.Add, end.Token);
        var frame = new byte[100 << 20];
        for (var count = 0; count < 5; count++) outbox.Add(frame);
        Assert.Equal(["what is sent to deaf is lost: 209715200 bytes wait for it already"], complaints);
        await end.CancelAsync();
        await outbox.Done.WaitAsync(Patience);
    }

    private static byte[] Framed(ReadOnlySpan<byte> bytes)
    {
        var frame = new byte[Frame.LengthBytes + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, bytes.Length);
        bytes.CopyTo(frame.AsSpan(Frame.LengthBytes));
        return frame;
    }

    private static byte[] Json(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(9), bytes.Length);
        return Framed([.. head, .. bytes]);
    }
}
