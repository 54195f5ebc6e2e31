using System.Collections.Concurrent;
using System.Reflection;
using Workbook.Sim;
using Workbook.Spark.Records;

namespace Workbook.Tests.Spark.Records;

/// <summary>What is promised of every type, held for types that nobody thought of.</summary>
public sealed class RandomRecordTests
{
    private const BindingFlags Here = BindingFlags.Static | BindingFlags.NonPublic;

    [Fact]
    public void Every_value_of_every_type_comes_back()
    {
        for (var seed = 0; seed < Seeds.Count(12); seed++)
        {
            var random = new RandomRecords(new Rng((ulong)seed));
            var type = random.NextType(depth: 3);
            var values = Array.CreateInstance(type, 5);
            for (var i = 0; i < values.Length; i++)
                values.SetValue(random.NextValue(type), i);
            Run(nameof(ComesBack), type, seed, values);
        }
    }

    [Fact]
    public void Keys_that_are_equal_have_equal_hashes_and_others_have_others()
    {
        var met = new ConcurrentBag<bool>();
        for (var seed = 0; seed < Seeds.Count(12); seed++)
        {
            var random = new RandomRecords(new Rng((ulong)seed));
            var type = random.NextKeyType(depth: 2);
            var keys = Array.CreateInstance(type, 20);
            for (var i = 0; i < keys.Length; i++)
                keys.SetValue(random.NextValue(type, isKey: true), i);
            Run(nameof(HashesAgree), type, seed, keys, met);
        }

        Assert.Contains(true, met);
        Assert.Contains(false, met);
    }

    private static void Run(string check, Type type, int seed, params object[] arguments)
    {
        try
        {
            typeof(RandomRecordTests).GetMethod(check, Here)!.MakeGenericMethod(type).Invoke(null, arguments);
        }
        catch (TargetInvocationException exception)
        {
            Assert.Fail($"seed {seed}, {TypeNames.Of(type)}: {exception.InnerException}");
        }
    }

    private static void ComesBack<T>(T[] values) => RoundTrip.Holds(values);

    private static void HashesAgree<K>(K[] keys, ConcurrentBag<bool> met)
    {
        foreach (var one in keys.Where(key => key is not null))
        {
            foreach (var other in keys.Where(key => key is not null))
            {
                var areEqual = EqualityComparer<K>.Default.Equals(one, other);
                if (!ReferenceEquals(one, other))
                    met.Add(areEqual);
                Assert.True(
                    areEqual == (KeyHash<K>.Of(one) == KeyHash<K>.Of(other)),
                    $"{RoundTrip.Text(one)} and {RoundTrip.Text(other)} are {(areEqual ? "" : "not ")}equal, their hashes are {KeyHash<K>.Of(one):x} and {KeyHash<K>.Of(other):x}");
            }
        }
    }
}
