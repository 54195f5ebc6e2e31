using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Workbook.Spark.Records;

namespace Workbook.Tests.Spark.Records;

public sealed class RecordCodecTests
{
    [Fact]
    public void Numbers_come_back_bit_for_bit()
    {
        RoundTrip.Holds(false, true);
        RoundTrip.Holds<byte>(0, 1, 255);
        RoundTrip.Holds<sbyte>(-128, 127);
        RoundTrip.Holds<short>(short.MinValue, -1, short.MaxValue);
        RoundTrip.Holds<ushort>(0, ushort.MaxValue);
        RoundTrip.Holds(int.MinValue, -1, 0, 1, int.MaxValue);
        RoundTrip.Holds(0u, uint.MaxValue);
        RoundTrip.Holds(long.MinValue, long.MaxValue);
        RoundTrip.Holds(0ul, ulong.MaxValue);
        RoundTrip.Holds(Int128.MinValue, Int128.MaxValue);
        RoundTrip.Holds(UInt128.MinValue, UInt128.MaxValue);
        RoundTrip.Holds(nint.MinValue, nint.MaxValue);
        RoundTrip.Holds(nuint.MinValue, nuint.MaxValue);
        RoundTrip.Holds('\0', 'a', '\uD800', '\uFFFF');
        RoundTrip.Holds(Half.MinValue, Half.Epsilon, Half.NaN);
        RoundTrip.Holds(float.MinValue, -0f, float.NaN, float.PositiveInfinity);
        RoundTrip.Holds(double.MinValue, -0d, BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_1234), double.Epsilon);
        RoundTrip.Holds(decimal.MinValue, decimal.MaxValue, 1.0m, 1.00m, -0.0m, 0.0000000000000000000000000001m);
        RoundTrip.Holds(BigInteger.Zero, BigInteger.MinusOne, 127, 128, -128, -129, BigInteger.Pow(-3, 1000));
        RoundTrip.Holds(Colour.Red, Colour.Green, (Colour)77);
        RoundTrip.Holds(Huge.Least, Huge.Most);
        RoundTrip.Holds(new Complex(1, -2.5), Complex.ImaginaryOne);
        RoundTrip.Holds(new Vector3(1, 2, 3));
    }

    [Fact]
    public void Texts_and_points_in_time_come_back_as_they_were()
    {
        RoundTrip.Holds(null, "", "a", "é\u00FF\0", "日本", "a\U0001F600", "\uD800", "\uDC00 alone", new string('x', 63), new string('x', 64), new string('日', 20_000));
        RoundTrip.Holds(Guid.Empty, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
        RoundTrip.Holds(DateTime.MinValue, DateTime.MaxValue, new DateTime(2026, 3, 29, 2, 30, 0, DateTimeKind.Local), new DateTime(1, DateTimeKind.Utc));
        RoundTrip.Holds(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new DateTimeOffset(2026, 1, 1, 0, 0, 0, new TimeSpan(-13, -59, 0)));
        RoundTrip.Holds(DateOnly.MinValue, DateOnly.MaxValue);
        RoundTrip.Holds(TimeOnly.MinValue, TimeOnly.MaxValue);
        RoundTrip.Holds(TimeSpan.MinValue, TimeSpan.Zero, TimeSpan.MaxValue);
    }

    [Fact]
    public void Tuples_of_every_length_come_back()
    {
        RoundTrip.Holds(default(ValueTuple), default);
        RoundTrip.Holds(new ValueTuple<string>("a"), new ValueTuple<string>(null!));
        RoundTrip.Holds((1, 2.5), (-1, double.NaN));
        RoundTrip.Holds<(string?, int)>(("a", 1), (null, 0));
        RoundTrip.Holds(("a", (1, 'b'), 2L), ("", (0, '\0'), -1L));
        RoundTrip.Holds((1, 2, 3, 4), default);
        RoundTrip.Holds((1, "2", 3, "4", 5));
        RoundTrip.Holds((1, "2", 3, "4", 5, 6.0));
        RoundTrip.Holds((1, "2", 3, "4", 5, 6.0, true));
        RoundTrip.Holds((1, 2, 3, 4, 5, 6, 7, 8));
        RoundTrip.Holds((1, 2, 3, 4, 5, 6, 7, "8", 9, 10, 11, 12, 13, 14, 15, "16"));
        RoundTrip.Holds<Tuple<int, string?>?>(null, Tuple.Create<int, string?>(1, "a"), Tuple.Create<int, string?>(2, null));
        RoundTrip.Holds(Tuple.Create(1, 2, 3, 4, 5, 6, 7, 8));
        RoundTrip.Holds(KeyValuePair.Create("k", 1), default);
        RoundTrip.Holds<int?>(null, 0, 1);
        RoundTrip.Holds<(int?, Point?)>((null, null), (1, new Point(2, 3)));
    }

    [Fact]
    public void Lists_of_every_kind_come_back()
    {
        RoundTrip.Holds<int[]?>(null, [], [1, 2, 3]);
        RoundTrip.Holds<bool[]>([], [true, false, true]);
        RoundTrip.Holds<string?[]>([], ["a", null, "日"]);
        RoundTrip.Holds<Colour[]>([Colour.Red, Colour.Green]);
        RoundTrip.Holds<double[][]?>(null, [], [[1.5], [], null!]);
        RoundTrip.Holds<List<(int, string)>?>(null, [], [(1, "a"), (2, "b")]);
        RoundTrip.Holds<ImmutableArray<byte>>(default, [], [1, 2]);
        RoundTrip.Holds<IEnumerable<int>?>(null, [], Enumerable.Range(0, 300), new Queue<int>([1, 2]), ImmutableList.Create(3), new List<int> { 4 });
        RoundTrip.Holds<IReadOnlyList<string>>(["a"], new List<string> { "b" });
        RoundTrip.Holds<IList<int>>([1]);
        RoundTrip.Holds<IReadOnlyCollection<int>>([1], new HashSet<int> { 2 });
        RoundTrip.Holds<ICollection<(int, int)>>([(1, 2)]);
        RoundTrip.Holds<Dictionary<string, int>?>(null, [], new() { ["a"] = 1, ["b"] = 2 }, new(StringComparer.Ordinal) { ["c"] = 3 });
        RoundTrip.Holds(new Dictionary<int, long> { [1] = -1, [2] = -2 });
        RoundTrip.Holds<HashSet<string>?>(null, [], ["a", "b"]);
        RoundTrip.Holds<HashSet<int>>([3, 1, 2]);
    }

    [Fact]
    public void Records_structs_and_plain_classes_come_back()
    {
        RoundTrip.Holds(null, new Page("a", 1), new Page(null!, 0));
        RoundTrip.Holds(new Point(1, 2), default);
        RoundTrip.Holds(default(Nothing), default);
        RoundTrip.Holds(new Reading { Sensor = 1, Value = 2.5, Unit = "m" }, default);
        RoundTrip.Holds(new Vote(1, "a") { Term = 2, Remark = "r" }, new Vote(3, null) { Term = 4 });
        RoundTrip.Holds(new Unset(), new Unset { Number = 8, Names = ["a", null] });
        RoundTrip.Holds(new Dog("Rex", 3));
        RoundTrip.Holds(new Animal("any"));
        RoundTrip.Holds(new Twins(1, 2));
        RoundTrip.Holds(new Visit(new Page("u", 1), DateTime.UnixEpoch, new Point(1, 2)), new Visit(null!, default, null));
        RoundTrip.Holds(new { Word = "a", Count = 1 }, new { Word = (string)null!, Count = 2 });
        RoundTrip.Holds(new { Inner = new { X = 1.5 }, Pages = new[] { new Page("a", 1) } });
    }

    [Fact]
    public void Types_that_hold_themselves_come_back()
    {
        RoundTrip.Holds(new Chain(1, new Chain(2, new Chain(3, null))));
        RoundTrip.Holds(new Tree("root", [new Tree("a", []), new Tree("b", [new Tree("c", null!)])]));
        RoundTrip.Holds(new Author("Le Guin", [new Book("The Dispossessed", null), new Book("", new Author("Le Guin", null))]));
        RoundTrip.Holds(new Forest { Name = "all", Parts = [new Forest(), default] });
    }

    [Fact]
    public void Sizes_that_are_known_beforehand_are_told()
    {
        Assert.Equal(12, RecordCodec<(int, double)>.Default.FixedSize);
        Assert.Equal(24, RecordCodec<(int, int, Point)>.Default.FixedSize);
        Assert.Equal(16, RecordCodec<KeyValuePair<long, long>>.Default.FixedSize);
        Assert.Equal(10, RecordCodec<DateTimeOffset>.Default.FixedSize);
        Assert.Null(RecordCodec<(int, string)>.Default.FixedSize);
        Assert.Null(RecordCodec<int?>.Default.FixedSize);
        Assert.Null(RecordCodec<Page>.Default.FixedSize);
        Assert.Equal(3 + (12 * 100_000), RecordCodec<(int, double)[]>.Default.Size(new (int, double)[100_000]));
    }

    [Fact]
    public void The_bytes_are_few_and_those_that_the_README_tells_of()
    {
        Assert.Equal(9, RoundTrip.Bytes(("raft", 3)).Length);
        Assert.Equal("09-72-61-66-74-03-00-00-00", BitConverter.ToString(RoundTrip.Bytes(("raft", 3))));
        Assert.Equal("01-04-E5-65-03-00-00-00", BitConverter.ToString(RoundTrip.Bytes(new Page("日", 3))));
        Assert.Equal("00", BitConverter.ToString(RoundTrip.Bytes<Page?>(null)));
        Assert.Equal("03-01-00-02-00", BitConverter.ToString(RoundTrip.Bytes<short[]>([1, 2])));
    }

    [Fact]
    public void An_array_of_numbers_is_its_memory_behind_its_length()
    {
        var numbers = Enumerable.Range(0, 100_000).Select(i => i * 0.5).ToArray();
        var bytes = RoundTrip.Bytes(numbers);

        Assert.Equal(MemoryMarshal.AsBytes(numbers.AsSpan()), bytes.AsSpan(3));
        Assert.Equal(bytes, RoundTrip.Bytes(numbers.ToImmutableArray()));
        Assert.Equal(bytes, RoundTrip.Bytes(numbers.ToList()));
        Assert.Equal(numbers, RoundTrip.Read<double[]>(bytes));
    }

    [Fact]
    public void Values_stand_one_behind_the_other_whatever_pieces_the_writer_hands_out()
    {
        var codec = RecordCodec<(string, int, double[])>.Default;
        var values = Enumerable.Range(0, 50).Select(i => (new string('a', i), i, new double[i])).ToList();
        var to = new ScantWriter();
        foreach (var value in values)
            codec.Write(value, to);

        ReadOnlySpan<byte> from = to.Written.ToArray();
        Assert.Equal(values.Sum(value => codec.Size(value)), from.Length);
        foreach (var value in values)
            Assert.Equal(RoundTrip.Text(value), RoundTrip.Text(codec.Read(ref from)));
        Assert.Equal(0, from.Length);
    }

    [Fact]
    public void Writing_and_sizing_pairs_of_texts_and_numbers_allocates_nothing()
    {
        var to = new ArrayBufferWriter<byte>(1 << 16);
        var codec = RecordCodec<(string, int)>.Default;
        var size = codec.Size(("word", 1));
        codec.Write(("word", 1), to);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            codec.Write(("word", i), to);
            size += codec.Size(("word", i));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(to.WrittenCount, size);
    }

    [Fact]
    public void There_is_one_codec_for_a_type() => Assert.Same(RecordCodec<(int, Page)>.Default, RecordCodec<(int, Page)>.Default);

    /// <summary>Hands out no more memory than it is asked for, and one byte where it is not asked.</summary>
    private sealed class ScantWriter : IBufferWriter<byte>
    {
        private byte[] _piece = [];

        public List<byte> Written { get; } = [];

        public void Advance(int count) => Written.AddRange(_piece.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => _piece = new byte[Math.Max(1, sizeHint)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
