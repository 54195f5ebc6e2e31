using System.Runtime.CompilerServices;

namespace Workbook.Spark.Records;

/// <summary>
/// A 64-bit hash of keys that is the same in every process and on every machine, so that two of them send a key to the same partition
/// without talking. Keys that are equal by <c>EqualityComparer&lt;K&gt;.Default</c> have equal hashes.
/// </summary>
/// <remarks>
/// Numbers, texts, points in time, enumerations, tuples, records without an <c>Equals</c> of their own, anonymous types, and structs that
/// leave equality to .NET. A number or a text is hashed in a few nanoseconds, and nothing is allocated for any key (but for a very long
/// <c>BigInteger</c>).
/// </remarks>
/// <typeparam name="K">The type of the keys.</typeparam>
public static class KeyHash<K>
{
    private static readonly (KeyHasher<K>? Hasher, string? WhyNot) Found = KeySearch.For<K>();

    /// <summary>Whether keys of the type can be hashed.</summary>
    public static bool IsKnown => Found.Hasher is not null;

    /// <summary>Why the type does not do for keys, and what to do about it, in two sentences; null when it does.</summary>
    public static string? WhyNot => Found.WhyNot;

    /// <summary>The hash of a key.</summary>
    /// <exception cref="ArgumentNullException">The key is null. (A null inside a tuple or record is hashed.)</exception>
    /// <exception cref="SparkException">
    /// Keys of the type cannot be hashed (see <see cref="WhyNot"/>), or the key is of a type that derives from <typeparamref name="K"/>.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(K key)
    {
        if (key is null)
            throw NoKey();
        return ScalarHash.TryOf(key, out var hash) ? hash : (Found.Hasher ?? throw Unknown()).Hash(key);
    }

    private static ArgumentNullException NoKey() => new(null, "a key is null");

    private static SparkException Unknown() => new(WhyNot!);
}
