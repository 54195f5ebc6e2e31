using System.Numerics;
using System.Runtime.InteropServices;

namespace Workbook.Check;

/// <summary>
/// Hashes meanings four letters at a time: the texts that gets return are long, and of a history of appends they are most of what there is
/// to read. It keeps nobody off who looks for texts of the same hash; whoever does that makes only their own history slow.
/// </summary>
internal sealed class MeaningHash : IEqualityComparer<Meaning>
{
    public static readonly MeaningHash Instance = new();

    private const ulong Multiplier = 0x517C_C1B7_2722_0A95;

    public bool Equals(Meaning one, Meaning other) => one.Equals(other);

    public int GetHashCode(Meaning meaning)
    {
        var hash = meaning.IsKnown ? 1UL : 0;
        hash = Add(hash, meaning.Function);
        hash = Add(hash, meaning.Argument);
        hash = Add(hash, meaning.Expected);
        hash = Add(hash, meaning.Result);
        hash = Add(hash, meaning.Client);
        return (int)(hash >> 32);
    }

    private static ulong Add(ulong hash, string? text)
    {
        if (text is null) return Add(hash, ulong.MaxValue);
        var fours = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var four in fours) hash = Add(hash, four);
        foreach (var letter in text.AsSpan(fours.Length * 4)) hash = Add(hash, letter);
        return Add(hash, (ulong)text.Length);
    }

    private static ulong Add(ulong hash, ulong word) => (BitOperations.RotateLeft(hash, 5) ^ word) * Multiplier;
}
