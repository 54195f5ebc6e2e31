using System.Buffers;
using System.Text;
using Workbook.MapReduce;

namespace Workbook.Tests.MapReduce;

public sealed class CodecTests
{
    [Fact]
    public void Numbers_keep_their_order_as_bytes()
    {
        KeepsOrder([int.MinValue, -2, -1, 0, 1, 255, 256, int.MaxValue]);
        KeepsOrder([long.MinValue, -1L << 40, -1, 0, 1, 1L << 40, long.MaxValue]);
        KeepsOrder([double.NegativeInfinity, -1e300, -1.5, -double.Epsilon, 0, double.Epsilon, 0.1, 1e300, double.PositiveInfinity]);
    }

    [Fact]
    public void Texts_are_ordered_by_code_point() => KeepsOrder(["", "a", "ab", "b", "z", "é", "日", "\uFFFD", "\U0001F600"]);

    [Fact]
    public void Tuples_are_ordered_item_by_item()
    {
        KeepsOrder([("", "z"), ("a", ""), ("a", "z"), ("a\0", "a"), ("a\0\0", ""), ("a\u0001", ""), ("ab", "a"), ("b", "")]);
        KeepsOrder([("a", -1, 2.5), ("a", 0, -1.0), ("a", 0, 1.0), ("a", 256, 0.0), ("aa", -5, 0.0)]);
        KeepsOrder([((-1, "b"), "x"), ((0, "a"), "y"), ((0, "b"), "a")]);
    }

    [Fact]
    public void Results_are_printed_in_no_countrys_format()
    {
        Assert.Equal("-1234.5", Print(-1234.5));
        Assert.Equal("1234567", Print(1234567L));
        Assert.Equal("a 1 2.5", Print(("a", 1, 2.5)));
    }

    [Fact]
    public void A_type_without_a_codec_is_refused_when_the_job_is_defined()
    {
        var keys = Assert.Throws<MapReduceException>(() => Job.Map((Line line, Emit<DateTime, int> emit) => emit(default, 1)).Reduce((_, ones) => ones.Sum()));
        var results = Assert.Throws<MapReduceException>(() => Job.Map((Line line, Emit<string, int> emit) => emit("", 1)).Reduce((_, ones) => ones.ToList()));

        Assert.Equal("A key of type DateTime cannot be written as bytes: use string, ByteString, int, long, double or a tuple of two or three of these, or pass a Codec<DateTime> of your own.", keys.Message);
        Assert.StartsWith("A result of type List<Int32> cannot be written", results.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_codec_of_ones_own_serves_for_keys_values_and_results()
    {
        var job = Job.Map((Line line, Emit<DateOnly, DateOnly> emit) => emit(DateOnly.Parse(line.Text, null), DateOnly.Parse(line.Text, null).AddDays(1)))
            .WithKeyCodec(new Dates()).WithValueCodec(new Dates()).Reduce((_, dates) => dates.Max(), new Dates());

        Assert.Equal("1999-12-31 2000-01-01\n2022-02-01 2022-02-02\n", Encoding.UTF8.GetString(
            MapReduceInputs.RunByTasks(job, [MapReduceInputs.Input("f", "2022-02-01\n1999-12-31\n2022-02-01")], 1).Single()));
    }

    private static void KeepsOrder<T>(T[] ordered)
    {
        var codec = BuiltInCodecs.For<T>("key");
        var encoded = ordered.Select(value => Bytes(codec.Encode, value)).ToList();
        for (var i = 1; i < encoded.Count; i++)
            Assert.True(encoded[i - 1].AsSpan().SequenceCompareTo(encoded[i]) < 0, $"{ordered[i - 1]} must sort before {ordered[i]}");
        Assert.Equal(ordered, encoded.Select(bytes => codec.Decode(bytes)));
    }

    private static string Print<T>(T value) => Encoding.UTF8.GetString(Bytes(BuiltInCodecs.For<T>("result").Print, value));

    private static byte[] Bytes<T>(Action<T, IBufferWriter<byte>> write, T value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        write(value, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private sealed class Dates : Codec<DateOnly>
    {
        public override void Encode(DateOnly value, IBufferWriter<byte> to) => to.Write(Encoding.UTF8.GetBytes(value.ToString("O")));

        public override DateOnly Decode(ReadOnlySpan<byte> bytes) => DateOnly.Parse(Encoding.UTF8.GetString(bytes), null);

        public override void Print(DateOnly value, IBufferWriter<byte> to) => Encode(value, to);
    }
}
