using System.Collections.Immutable;
using Workbook.Sim;
using Workbook.Spark;
using Workbook.Spark.Records;

namespace Workbook.Tests.Spark.Records;

/// <summary>Bytes that were cut, flipped or made up give an exception or another value, at once and in little memory.</summary>
public sealed class DamagedBytesTests
{
    [Fact]
    public void The_sentence_says_of_which_type_and_what_is_wrong()
    {
        const string end = " They are damaged, or were written from another type; compute them anew.";

        Assert.Equal("These bytes are no (string, int): they end in the middle of it." + end, Message<(string, int)>([9, 1]));
        Assert.Equal("These bytes are no int[]: 1000 items cannot be in the 1 bytes that are left." + end, Message<int[]>([0xE9, 7, 0]));
        Assert.Equal("These bytes are no Page: a byte that is 0 or 1 is 2." + end, Message<Page>([2]));
        Assert.Equal("These bytes are no List<Nothing>: a byte that is 1 is 0." + end, Message<List<Nothing>>([2, 0]));
        Assert.Equal("These bytes are no string: a length has no end." + end, Message<string>([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]));
        Assert.Equal("These bytes are no string: a length is out of range." + end, Message<string>([0xFF, 0xFF, 0xFF, 0xFF, 0x7F]));
        Assert.Equal("These bytes are no HashSet<byte>: an item of a set is there twice." + end, Message<HashSet<byte>>([3, 1, 1]));
        Assert.Equal(
            "These bytes are no Positive: ArgumentOutOfRangeException: must be positive (Parameter 'number')." + end, Message<Positive>([1, 0, 0, 0, 0]));
    }

    [Fact]
    public void A_read_that_fails_leaves_the_bytes_where_they_were()
    {
        ReadOnlySpan<byte> from = [5, 0, 0, 0, 1];
        try
        {
            RecordCodec<(int, int)>.Default.Read(ref from);
            Assert.Fail("there are bytes for one number only");
        }
        catch (SparkException)
        {
            Assert.Equal(5, from.Length);
        }
    }

    [Fact]
    public void Every_beginning_and_every_flipped_bit_of_an_encoding_is_survived()
    {
        var flips = Survives((true, 'a', 1.5m, DateTime.UnixEpoch))
            + Survives(new[] { ("word", 1), ("日本", 2), ("", 3) })
            + Survives(new List<Visit> { new(new Page("u", 1), DateTime.UnixEpoch, new Point(1, 2)), new(null!, default, null) })
            + Survives(new Dictionary<string, int[]> { ["a"] = [1, 2], ["b"] = [] })
            + Survives(new Tree("root", [new Tree("a", []), new Tree("b", [])]))
            + Survives(ImmutableArray.Create(1.0, 2.0, 3.0))
            + Survives(new[] { true, false })
            + Survives((new System.Numerics.BigInteger(1L << 62), Guid.Empty, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)), new TimeOnly(5)))
            + Survives(new HashSet<Colour> { Colour.Red, Colour.Green })
            + Survives<IEnumerable<Nothing>>(new Nothing[40]);

        // Both happened: other values were read, and damage was seen.
        Assert.InRange(flips.Read, 100, int.MaxValue);
        Assert.InRange(flips.Refused, 100, int.MaxValue);
    }

    [Fact]
    public void Bytes_that_were_made_up_are_survived()
    {
        var rng = new Rng(5);
        for (var i = 0; i < Seeds.Count(2_000); i++)
        {
            var bytes = new byte[rng.Next(64)];
            foreach (ref var one in bytes.AsSpan())
                one = rng.Chance(0.5) ? (byte)rng.Next(4) : (byte)rng.Next(256);
            _ = TryRead<(string, List<Tree>)>(bytes) ^ TryRead<Dictionary<int, string[]>>(bytes) ^ TryRead<Author>(bytes) ^ TryRead<Forest[][]>(bytes);
        }
    }

    [Fact]
    public void Bytes_that_nest_without_end_are_refused_and_the_process_lives()
    {
        var bytes = new byte[5_000_000];
        Array.Fill(bytes, (byte)1);

        SmallStack.Run(() => Assert.Contains("Chain is nested too deeply here", Message<Chain>(bytes), StringComparison.Ordinal));
    }

    private static string Message<T>(byte[] bytes) => Assert.Throws<SparkException>(() => RoundTrip.Read<T>(bytes)).Message;

    private static Outcomes Survives<T>(T value)
    {
        var bytes = RoundTrip.Bytes(value);
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(TryRead<T>(bytes[..length]), $"{length} of {bytes.Length} bytes are a {typeof(T)}");

        var read = 0;
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            read += TryRead<T>(bytes) ? 1 : 0;
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        return new Outcomes(read, (8 * bytes.Length) - read);
    }

    /// <summary>
    /// Whether there is a value; what is read can be written again, and neither that nor a refusal takes memory that the bytes do not account for.
    /// </summary>
    private static bool TryRead<T>(byte[] bytes)
    {
        const int least = 100_000;
        const int eachByte = 200;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Assert.NotEmpty(RoundTrip.Bytes(RoundTrip.Read<T>(bytes)));
            return true;
        }
        catch (SparkException)
        {
            return false;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, least + (eachByte * bytes.Length));
        }
    }

    private readonly record struct Outcomes(int Read, int Refused)
    {
        public static Outcomes operator +(Outcomes one, Outcomes other) => new(one.Read + other.Read, one.Refused + other.Refused);
    }
}
