using System.Linq.Expressions;
using System.Reflection;

namespace Workbook.Spark.Records;

/// <summary>The hash of keys of one type, null among them where it stands inside another.</summary>
internal abstract class KeyHasher<K>
{
    public abstract ulong Hash(K key);
}

/// <summary>Keys that are one value.</summary>
internal sealed class ScalarHasher<K> : KeyHasher<K>
{
    public override ulong Hash(K key)
    {
        ScalarHash.TryOf(key, out var hash);
        return hash;
    }
}

/// <summary>A value, or none.</summary>
internal sealed class NullableHasher<K>(KeyHasher<K> inner) : KeyHasher<K?>
    where K : struct
{
    public override ulong Hash(K? key) => key.HasValue ? inner.Hash(key.GetValueOrDefault()) : ScalarHash.OfNull();
}

/// <summary>Pairs, the most frequent of the keys that have parts.</summary>
internal sealed class PairHasher<T1, T2>(KeyHasher<T1> first, KeyHasher<T2> second) : KeyHasher<(T1, T2)>
{
    public override ulong Hash((T1, T2) key) => ScalarHash.Add(ScalarHash.Add(2, first.Hash(key.Item1)), second.Hash(key.Item2));
}

/// <summary>Triples: as <see cref="PairHasher{T1, T2}"/>.</summary>
internal sealed class TripleHasher<T1, T2, T3>(KeyHasher<T1> first, KeyHasher<T2> second, KeyHasher<T3> third) : KeyHasher<(T1, T2, T3)>
{
    public override ulong Hash((T1, T2, T3) key) =>
        ScalarHash.Add(ScalarHash.Add(ScalarHash.Add(3, first.Hash(key.Item1)), second.Hash(key.Item2)), third.Hash(key.Item3));
}

/// <summary>Keys whose equality is that of their fields, by code that is generated once for each type.</summary>
internal sealed class FieldsHasher<K> : KeyHasher<K>
{
    private readonly bool _mayBeDerived = !typeof(K).IsSealed;
    private readonly Func<K, ulong> _hash;

    public FieldsHasher(FieldInfo[] fields, object[] hashers)
    {
        var key = Expression.Parameter(typeof(K), "key");
        var add = typeof(ScalarHash).GetMethod(nameof(ScalarHash.Add))!;
        Expression sum = Expression.Constant((ulong)fields.Length);
        foreach (var (field, hasher) in fields.Zip(hashers))
        {
            var hash = hasher.GetType().BaseType!.GetMethod(nameof(Hash))!;
            sum = Expression.Call(add, sum, Expression.Call(Expression.Constant(hasher, hash.DeclaringType!), hash, Expression.Field(key, field)));
        }

        _hash = Expression.Lambda<Func<K, ulong>>(sum, key).Compile();
    }

    public override ulong Hash(K key)
    {
        if (key is null)
            return ScalarHash.OfNull();
        if (_mayBeDerived && key.GetType() != typeof(K))
        {
            throw new SparkException(
                $"A key is of type {TypeNames.Of(key.GetType())} where {TypeNames.Of(typeof(K))} was announced, and may be compared differently: map the keys to one sealed type.");
        }

        return _hash(key);
    }
}

/// <summary>Stands for the hasher of a type inside that very type, as <see cref="DeferredCodec{T}"/> does for codecs.</summary>
internal sealed class DeferredHasher<K> : KeyHasher<K>, IDeferred
{
    private KeyHasher<K>? _meant;

    void IDeferred.Become(object meant) => _meant = (KeyHasher<K>)meant;

    public override ulong Hash(K key)
    {
        Damage.GuardDepth(typeof(K));
        return _meant!.Hash(key);
    }
}
