using System.Collections.Immutable;
using Workbook.Spark;
using Workbook.Spark.Records;

namespace Workbook.Tests.Spark.Records;

public sealed class CodecRefusalTests
{
    private const string Advice = " Map the dataset to plain data first: numbers, texts, tuples, records, and arrays of these.";

    [Fact]
    public void A_type_that_cannot_be_written_is_refused_with_the_place_inside_it()
    {
        Refused<Func<int>>("Values of type Func<int> cannot be written as bytes: a delegate is code, not data.");
        Refused<(string, Func<int>)>("Values of type (string, Func<int>) cannot be written as bytes: (string, Func<int>).Item2 is Func<int>, and a delegate is code, not data.");
        Refused<List<(int, object[])>>(
            "Values of type List<(int, object[])> cannot be written as bytes: List<(int, object[])>[i].Item2[i] is object, and an object may be anything.");
        Refused<Stream>("Values of type Stream cannot be written as bytes: it is abstract, and any type may stand there.");
        Refused<IDisposable>("Values of type IDisposable cannot be written as bytes: it is abstract, and any type may stand there.");
        Refused<int[,]>("Values of type int[,] cannot be written as bytes: only arrays of one dimension can be written.");
        Refused<Dictionary<int, Task>>("Values of type Dictionary<int, Task> cannot be written as bytes: Dictionary<int, Task>.Values[i] is Task, and it is a type of .NET that is more than plain data.");
        Refused<Version?>("Values of type Version cannot be written as bytes: it is a type of .NET that is more than plain data.");
        Refused<ImmutableDictionary<string, int>>("Values of type ImmutableDictionary<string, int> cannot be written as bytes: it is a type of .NET that is more than plain data.");
        Refused<Secretive>("Values of type Secretive cannot be written as bytes: its field seed is no public property that can be set, and would be lost.");
        Refused<(int, Closed?)>("Values of type (int, Closed) cannot be written as bytes: (int, Closed).Item2 is Closed, and it has no public constructor whose parameters are its public properties.");
        Refused<Nest<int>>("Values of type Nest<int> cannot be written as bytes: its types hold each other without end.");
    }

    [Fact]
    public void Names_in_a_refusal_are_those_of_a_source()
    {
        static string WhyNot<T>(T like) => like is null ? "" : RecordCodec<T>.WhyNot!;

        Assert.Contains("type { string Word, int? Count, Action Act } cannot", WhyNot(new { Word = "a", Count = (int?)1, Act = (Action)(() => { }) }), StringComparison.Ordinal);
        Assert.Contains("type (int, int, int, int, int, int, int, int, Action) cannot", WhyNot((1, 2, 3, 4, 5, 6, 7, 8, (Action)(() => { }))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_derives_from_the_announced_type_is_refused_rather_than_cut_short()
    {
        const string sentence = "A value of type Dog stands where Animal is to be written, and what it adds would be lost: make a dataset of Dog, or map to one sealed type.";

        Assert.Equal(sentence, Assert.Throws<SparkException>(() => RoundTrip.Bytes<Animal>(new Dog("Rex", 3))).Message);
        Assert.Equal(sentence, Assert.Throws<SparkException>(() => RoundTrip.Bytes<Animal[]>([new Animal("a"), new Dog("Rex", 3)])).Message);
        Assert.Equal(sentence, Assert.Throws<SparkException>(() => RecordCodec<Animal>.Default.Size(new Dog("Rex", 3))).Message);
    }

    [Fact]
    public void A_table_that_compares_in_its_own_way_is_refused()
    {
        var table = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 };

        var refusal = Assert.Throws<SparkException>(() => RoundTrip.Bytes(table));

        Assert.StartsWith("A Dictionary<string, int> that compares by OrdinalIgnoreCaseComparer cannot be written as bytes: copy it", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<SparkException>(() => RoundTrip.Bytes(new HashSet<string>(StringComparer.OrdinalIgnoreCase)));
    }

    [Fact]
    public void What_goes_round_in_a_circle_or_too_deep_is_refused_and_the_process_lives()
    {
        var author = new Author("a", []);
        author.Books!.Add(new Book("b", author));
        Chain? chain = null;
        for (var i = 0; i < 200_000; i++)
            chain = new Chain(i, chain);

        SmallStack.Run(() =>
        {
            Assert.Equal("Author is nested too deeply here, or holds itself: keep what is nested in a list instead.",
                Assert.Throws<SparkException>(() => RoundTrip.Bytes(author)).Message);
            Assert.Throws<SparkException>(() => RecordCodec<Author>.Default.Size(author));
            Assert.Throws<SparkException>(() => RoundTrip.Bytes(chain));
            Assert.Throws<SparkException>(() => KeyHash<Chain>.Of(chain!));
        });
    }

    private static void Refused<T>(string sentence)
    {
        Assert.False(RecordCodec<T>.IsKnown);
        Assert.Equal(sentence + Advice, RecordCodec<T>.WhyNot);
        Assert.Equal(sentence + Advice, Assert.Throws<SparkException>(() => RecordCodec<T>.Default).Message);
    }
}
