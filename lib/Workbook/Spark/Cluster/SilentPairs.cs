using Workbook.Sim;

namespace Workbook.Spark.Cluster;

/// <summary>
/// Which workers cannot fetch from each other, as far as the driver was told: one of the two has asked, and got no answer. It takes that for true both ways,
/// as an answer needs both, but not for ever: a cut may be mended. Whenever it turns out not to be, twice as long.
/// </summary>
/// <param name="first">How long two that were silent are left in peace.</param>
internal sealed class SilentPairs(TimeSpan first)
{
    private readonly Dictionary<(string, string), (Instant Until, TimeSpan Length)> _pairs = [];

    public bool IsEmpty => _pairs.Count == 0;

    public void Add(string asker, string silent, Instant now)
    {
        var pair = Pair(asker, silent);
        if (!_pairs.TryGetValue(pair, out var known)) _pairs[pair] = (now + first, first);
        else if (known.Until <= now) _pairs[pair] = (now + known.Length * 2, known.Length * 2);
    }

    public bool CanTalk(string one, string other, Instant now) => Until(one, other) <= now;

    /// <summary>Until when the two are taken for cut off from each other.</summary>
    public Instant Until(string one, string other) => _pairs.GetValueOrDefault(Pair(one, other)).Until;

    /// <summary>A worker is gone, or another one now: that, and no cut, may be why it was silent.</summary>
    public void Forget(string worker)
    {
        foreach (var pair in _pairs.Keys.Where(pair => pair.Item1 == worker || pair.Item2 == worker).ToList()) _pairs.Remove(pair);
    }

    private static (string, string) Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
}
