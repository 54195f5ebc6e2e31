using System.Numerics;
using System.Text;
using Workbook.Parts;
using Workbook.Spark;
using Workbook.Spark.Records;

namespace Workbook.Tests.Spark.Records;

public sealed class KeyHashTests
{
    /// <summary>Another process, started another day, must send a key to the same partition: these values never change.</summary>
    [Fact]
    public void The_hash_of_a_key_never_changes()
    {
        (string Now, string Pinned)[] hashes =
        [
            (Of(0), "d80c1c9d93b47976"), (Of(1), "be12a77d9aa9a67a"), (Of(1L), "c7ff630b45346689"), (Of((byte)1), "6a9f0c5e8528d666"),
            (Of('a'), "984b11db12d6c241"), (Of(true), "6a9f0c5e8528d666"), (Of("raft"), "534e5d17a871e6eb"), (Of("日本"), "be280a0ffbc5fab3"),
            (Of(0.5), "47785b6674ad5900"), (Of(0.5f), "47785b6674ad5900"), (Of(1.5m), "01043764a2335891"), (Of(DayOfWeek.Friday), "221b0b520a12dacc"),
            (Of(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")), "588451a55e3248d7"), (Of(DateTime.UnixEpoch), "132fc3dafe26d77a"),
            (Of(BigInteger.Pow(7, 100)), "ecd7c88d10aeced5"), (Of(("raft", 1)), "097ae1585a1f3bdd"), (Of<(string?, int)>((null, 1)), "49d7f30d33900427"),
            (Of((1, 2, 3)), "dc89c02add747748"), (Of(new Page("u", 1)), "ac4b5564622a0e44"), (Of(new { Word = "a", Count = 1 }), "eb4e6bec30816a57"),
            (Of<int?>(1), "be12a77d9aa9a67a"), (Of(new Dog("Rex", 3)), "36a57299e7949560"),
        ];

        Assert.Equal(hashes.Select(hash => hash.Pinned), hashes.Select(hash => hash.Now));
    }

    [Fact]
    public void The_hash_of_a_number_or_a_text_is_that_of_its_bytes()
    {
        Assert.Equal(StableHash.Of(BitConverter.GetBytes(77)), KeyHash<int>.Of(77));
        Assert.Equal(StableHash.Of(BitConverter.GetBytes(-77L)), KeyHash<long>.Of(-77));
        Assert.Equal(StableHash.Of(BitConverter.GetBytes('x')), KeyHash<char>.Of('x'));
        Assert.Equal(StableHash.Of(BitConverter.GetBytes(0.1)), KeyHash<double>.Of(0.1));
        Assert.Equal(StableHash.Of(Encoding.Unicode.GetBytes("a longer text, 日本")), KeyHash<string>.Of("a longer text, 日本"));
        Assert.Equal(StableHash.Of([200]), KeyHash<Colour>.Of(Colour.Green));
    }

    [Fact]
    public void Keys_that_look_different_but_are_equal_have_equal_hashes()
    {
        Agree(0.0, -0.0);
        Agree(double.NaN, BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_1234));
        Agree(0f, -0f);
        Agree(float.NaN, -float.NaN);
        Agree(Half.Zero, Half.NegativeZero);
        Agree(1.0m, 1.000m);
        Agree(0m, -0.00m);
        Agree(79228162514264337593543950330m, decimal.Parse("79228162514264337593543950330", null));
        Agree(new DateTime(5, DateTimeKind.Utc), new DateTime(5, DateTimeKind.Local));
        Agree(new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Agree(new string('a', 3), "aaa");
        Agree((0.0, "a"), (-0.0, "a"));
        Agree(Tuple.Create(1, double.NaN), Tuple.Create(1, double.NaN));
        Agree(new Point(0.0, double.NaN), new Point(-0.0, double.NaN));
        Agree(new Reading { Value = 0.0, Unit = "m" }, new Reading { Value = -0.0, Unit = new string('m', 1) });
        Agree(KeyValuePair.Create(1.0m, "a"), KeyValuePair.Create(1.00m, "a"));
        Agree(new { Word = "a", At = 0.0 }, new { Word = "a", At = -0.0 });
        Agree(new Dog("Rex", 3), new Dog("Rex", 3));
        Agree(new Chain(1, new Chain(2, null)), new Chain(1, new Chain(2, null)));
        Agree((1, 2, 3, 4, 5, 6, 7, 8.0), (1, 2, 3, 4, 5, 6, 7, 8.0));
        Agree(default(Nothing), default);
    }

    [Fact]
    public void Keys_that_differ_in_any_part_differ_in_their_hash()
    {
        Differ(("a", 1), ("a", 2), ("b", 1), ("", 1));
        Differ<(string?, string?)>((null, "a"), ("a", null), (null, null), ("", ""), ("a", ""), ("", "a"));
        Differ<(int?, int?)>((null, 0), (0, null), (0, 0), (null, null));
        Differ(new Dog("Rex", 3), new Dog("Rex", 4), new Dog("rex", 3));
        Differ(new Chain(1, null), new Chain(1, new Chain(1, null)), new Chain(1, new Chain(1, new Chain(1, null))));
        Differ(1m, -1m, 10m, 0.1m, 100m, 79228162514264337593543950335m, 7.9228162514264337593543950335m);
        Differ((1, 2), (2, 1));
        Differ(new Twins(1, 2), new Twins(2, 1), new Twins(1, 1));
        Differ(BigInteger.Pow(2, 5000), BigInteger.Pow(2, 5001), BigInteger.Pow(-2, 5001));
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        var friday = DayOfWeek.Friday;
        var page = new Page("u", 1);
        Assert.Equal(0, AllocatedBy(() => KeyHash<int>.Of(1) ^ KeyHash<string>.Of("a text of some length") ^ KeyHash<DayOfWeek>.Of(friday)
            ^ KeyHash<double>.Of(1.5) ^ KeyHash<Guid>.Of(Guid.Empty) ^ KeyHash<decimal>.Of(1.50m) ^ KeyHash<(string, int)>.Of(("a", 1))
            ^ KeyHash<Page>.Of(page) ^ KeyHash<int?>.Of(1) ^ KeyHash<BigInteger>.Of(BigInteger.One)));
    }

    [Fact]
    public void Whatever_can_be_hashed_at_once_is_known_to_be()
    {
        Assert.All(
            [typeof(bool), typeof(nint), typeof(Half), typeof(UInt128), typeof(DateOnly), typeof(TimeOnly), typeof(BigInteger), typeof(Colour)],
            type => Assert.True(ScalarHash.Knows(type), $"{type}"));
        Assert.Equal(KeyHash<long>.Of(-5), KeyHash<nint>.Of(-5));
        Assert.Equal(KeyHash<int>.Of(5), KeyHash<DateOnly>.Of(DateOnly.FromDayNumber(5)));
        Assert.Equal(KeyHash<long>.Of(5), KeyHash<TimeOnly>.Of(new TimeOnly(5)));
        Assert.Equal(KeyHash<byte>.Of(1), KeyHash<bool>.Of(true));
        Assert.NotEqual(KeyHash<UInt128>.Of(1), KeyHash<UInt128>.Of((UInt128)1 << 64));
        Assert.False(ScalarHash.TryOf(new Page("u", 1), out _));
    }

    [Fact]
    public void A_null_key_is_refused_and_a_null_inside_a_key_is_not()
    {
        Assert.Equal("a key is null", Assert.Throws<ArgumentNullException>(() => KeyHash<string>.Of(null!)).Message);
        Assert.Equal("a key is null", Assert.Throws<ArgumentNullException>(() => KeyHash<int?>.Of(null)).Message);
        Assert.Equal(KeyHash<(string?, int)>.Of((null, 1)), KeyHash<(string?, int)>.Of((null, 1)));
    }

    [Fact]
    public void A_type_that_cannot_be_a_key_is_refused_with_the_reason()
    {
        Refused<int[]>("Values of type int[] cannot be keys: an array equals only itself, not another with the same items.");
        Refused<(string, List<int>)>("Values of type (string, List<int>) cannot be keys: (string, List<int>).Item2 is List<int>, and a collection equals only itself, not another with the same items.");
        Refused<System.Collections.Immutable.ImmutableArray<int>>("Values of type ImmutableArray<int> cannot be keys: an array equals only itself, not another with the same items.");
        Refused<Tree>("Values of type Tree cannot be keys: Tree.Children is Tree[], and an array equals only itself, not another with the same items.");
        Refused<Unset>("Values of type Unset cannot be keys: an object without an Equals of its own equals only itself.");
        Refused<CaseBlind>("Values of type CaseBlind cannot be keys: its own Equals may hold things equal that have nothing in common.");
        Refused<Complex>("Values of type Complex cannot be keys: its own Equals may hold things equal that have nothing in common.");
        Refused<object>("Values of type object cannot be keys: any type may stand there, each with an equality of its own.");
        Refused<IEnumerable<int>>("Values of type IEnumerable<int> cannot be keys: any type may stand there, each with an equality of its own.");
        Assert.Equal(KeyHash<int[]>.WhyNot, Assert.Throws<SparkException>(() => KeyHash<int[]>.Of([1])).Message);
        Assert.StartsWith("A key is of type Dog where Animal was announced,", Assert.Throws<SparkException>(() => KeyHash<Animal>.Of(new Dog("Rex", 3))).Message, StringComparison.Ordinal);
    }

    private static string Of<K>(K key) => $"{KeyHash<K>.Of(key):x16}";

    private static void Agree<K>(K one, K other)
    {
        Assert.True(EqualityComparer<K>.Default.Equals(one, other));
        Assert.Equal(KeyHash<K>.Of(one), KeyHash<K>.Of(other));
    }

    private static void Differ<K>(params K[] keys) => Assert.Equal(keys.Length, keys.Select(KeyHash<K>.Of).Distinct().Count());

    private static long AllocatedBy(Func<ulong> act)
    {
        var hash = act();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            hash |= act();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.NotEqual(0UL, hash);
        return allocated;
    }

    private static void Refused<K>(string sentence)
    {
        const string advice = " Map the keys to a number, a text, or a tuple or record of these first.";
        Assert.False(KeyHash<K>.IsKnown);
        Assert.Equal(sentence + advice, KeyHash<K>.WhyNot);
    }
}
