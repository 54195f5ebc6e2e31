using System.Numerics;

namespace Workbook.Sim;

/// <summary>
/// A stream of random numbers that is a function of its seed alone, on every machine and every .NET: xoshiro256**
/// (Blackman and Vigna, 2018), filled from the seed by SplitMix64.
/// </summary>
/// <remarks>
/// Each part of a run draws from a stream of its own, forked by name, so that a new draw in one place does not move
/// what the others see.
/// </remarks>
public sealed class Rng
{
    private ulong _a, _b, _c, _d;

    public Rng(ulong seed)
    {
        Seed = seed;
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>The seed that this stream was made from.</summary>
    public ulong Seed { get; }

    /// <summary>A stream of its own for the part named, the same whatever has been drawn from this one.</summary>
    public Rng Fork(string name)
    {
        var hash = Seed ^ 0xCBF29CE484222325;
        foreach (var letter in name) hash = (hash ^ letter) * 0x100000001B3;
        return new Rng(SplitMix(ref hash));
    }

    /// <summary>A stream of its own for the part numbered, the same whatever has been drawn from this one.</summary>
    public Rng Fork(long number)
    {
        var mixed = Seed + 0x9E3779B97F4A7C15 * (ulong)(number + 1);
        return new Rng(SplitMix(ref mixed));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A whole number from 0 up to, not including, <paramref name="maxExclusive"/>.</summary>
    public int Next(int maxExclusive)
    {
        if (maxExclusive <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(maxExclusive), maxExclusive, "Ask for at least one number to choose from.");
        }

        return (int)(((NextUInt64() >> 32) * (ulong)maxExclusive) >> 32);
    }

    /// <summary>A whole number from <paramref name="minInclusive"/> up to, not including, <paramref name="maxExclusive"/>.</summary>
    public int Next(int minInclusive, int maxExclusive) => minInclusive + Next(maxExclusive - minInclusive);

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with the probability given (0 to 1).</summary>
    public bool Chance(double probability) => probability > 0 && NextDouble() < probability;

    /// <summary>A draw from the exponential distribution with the mean given.</summary>
    public double NextExponential(double mean) => -mean * Math.Log(1 - NextDouble());

    /// <summary>A draw from the normal distribution (Box and Muller's method).</summary>
    public double NextNormal(double mean, double deviation) =>
        mean + deviation * Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>A length of time from <paramref name="min"/> up to, not including, <paramref name="max"/>.</summary>
    public TimeSpan Next(TimeSpan min, TimeSpan max) => new(min.Ticks + (long)(NextDouble() * (max - min).Ticks));

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>Puts the items into a random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
