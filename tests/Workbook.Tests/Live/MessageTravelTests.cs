using System.Collections.Immutable;
using Workbook.Live;
using Workbook.Sim;

namespace Workbook.Tests.Live;

/// <summary>What messages may hold on the way from one process to another.</summary>
public sealed class MessageTravelTests
{
    private static readonly MessageCodec Codec = new([typeof(MessageTravelTests).Assembly]);

    internal abstract record Shape;

    internal sealed record Circle(double Radius) : Shape;

    internal sealed record Box(int Width, int Height) : Shape
    {
        public int Area => Width * Height;
    }

    internal record Parent(int Number);

    internal sealed record Child(int Number, string Name) : Parent(Number);

    internal sealed record Family(Parent Parent) : Message;

    internal sealed record Everything(
        string Text,
        string? None,
        NodeId Node,
        Instant Time,
        TimeSpan Length,
        double Odd,
        ulong Big,
        ImmutableArray<int> Numbers,
        IReadOnlyDictionary<NodeId, (long Term, string Name)> Pairs,
        IReadOnlyList<Shape> Shapes,
        Message Inner) : Message
    {
        public int? Set { get; init; }
    }

    internal sealed record Bytes(byte[] First, string Between, ReadOnlyMemory<byte> Second, IReadOnlyList<byte[]?> More) : Message;

    internal sealed record Nothing : Message;

    internal sealed record Secretive(int Number) : Message
    {
        private readonly int _secret = Number + 1;

        public bool IsRight => _secret == Number + 1;
    }

    internal sealed record Vague(object Anything) : Message;

    internal sealed record Picky : Message
    {
        public Picky(int number) => Number = number >= 0 ? number : throw new ArgumentException("Picky wants 0 or more.");

        public int Number { get; }
    }

    [Fact]
    public void What_a_message_holds_arrives_as_it_was()
    {
        var message = new Everything(
            "ä\0\"日本\n", null, "s1", Instant.Start + 3.Seconds(), 1.5.Milliseconds(), double.NegativeInfinity, ulong.MaxValue, [1, 2, 3],
            new Dictionary<NodeId, (long, string)> { ["s2"] = (7, "x") }, [new Circle(0.1), new Box(2, 3)], new Nothing())
        { Set = 9 };
        var arrived = Assert.IsType<Everything>(Travelled(message));
        Assert.Equal(message.Numbers, arrived.Numbers);
        Assert.Equal(message.Pairs, arrived.Pairs);
        Assert.Equal(message.Shapes, arrived.Shapes);

        // Records compare what collections they hold, not what these hold.
        Assert.Equal(message, arrived with { Numbers = message.Numbers, Pairs = message.Pairs, Shapes = message.Shapes });
    }

    [Fact]
    public void Arrays_of_bytes_arrive_as_they_were()
    {
        var message = new Bytes([1, 2, 3], "…", new byte[] { 9, 4, 5, 9 }.AsMemory(1, 2), [[], null, [6]]);
        var arrived = Assert.IsType<Bytes>(Travelled(message));
        Assert.Equal(message.First, arrived.First);
        Assert.Equal([4, 5], arrived.Second.ToArray());
        Assert.Equal(message.More, arrived.More);
    }

    [Fact]
    public void What_would_not_arrive_whole_is_not_sent()
    {
        Refuses(Codec, new Secretive(1), "Secretive._secret would be lost");
        Refuses(Codec, new Vague(1), "type object");
        Refuses(Codec, new Family(new Child(1, "x")), "make it abstract");
        Refuses(new MessageCodec([]), new Nothing(), "Nothing cannot be sent: nobody would know the type");
        var half = new byte[200 << 20];
        Refuses(Codec, new Bytes(half, "", half, []), "send it in parts");

        static void Refuses(MessageCodec codec, Message message, string why) =>
            Assert.Contains(why, Assert.Throws<ArgumentException>(() => codec.Encode(DeliveryKind.Message, 0, message)).Message);
    }

    [Fact]
    public void A_message_is_what_its_constructor_takes()
    {
        Assert.Equal(new Picky(4), Travelled(new Picky(4)));
        var frame = Codec.Encode(DeliveryKind.Message, 0, new Picky(4));
        frame[Array.IndexOf(frame, (byte)'4')] = (byte)'z';
        Assert.Throws<MalformedException>(() => Codec.Decode(frame.AsMemory(Frame.LengthBytes)));
    }

    [Fact]
    public void No_frame_however_damaged_is_more_than_malformed()
    {
        var frame = Codec.Encode(DeliveryKind.Request, 12, new Bytes([1, 2, 3], "…", new byte[] { 4, 5 }, [[6]]))[Frame.LengthBytes..];
        var random = new Rng(1);
        var (read, malformed) = (0, 0);
        for (var trial = 0; trial < 3_000; trial++)
        {
            var damaged = frame[..(random.Chance(0.2) ? random.Next(frame.Length + 1) : frame.Length)];
            if (damaged.Length == 0) continue;
            for (var damage = random.Next(4); damage > 0; damage--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Codec.Decode(damaged);
                read++;
            }
            catch (MalformedException)
            {
                malformed++;
            }
        }

        Assert.True(read > 100 && malformed > 100, $"{read} were read, {malformed} were not");
    }

    [Fact]
    public void Every_message_of_the_library_can_travel()
    {
        Type[] ours = [typeof(Everything), typeof(Bytes), typeof(Nothing), typeof(Picky)];
        var library = typeof(Message).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Message)) && !type.IsAbstract);
        foreach (var type in library.Concat(ours))
        {
            if (type.IsDefined(typeof(InProcessAttribute), false)) Assert.Throws<NotSupportedException>(() => Codec.Check(type));
            else Codec.Check(type);
        }

        Assert.Throws<NotSupportedException>(() => Codec.Check(typeof(Secretive)));
        Assert.Throws<NotSupportedException>(() => Codec.Check(typeof(Vague)));
    }

    private static Message Travelled(Message message)
    {
        var frame = Codec.Encode(DeliveryKind.Request, 42, message);
        var (kind, call, arrived) = Codec.Decode(frame.AsMemory(Frame.LengthBytes));
        Assert.Equal((DeliveryKind.Request, 42), (kind, call));
        return arrived;
    }
}
