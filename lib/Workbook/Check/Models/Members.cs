namespace Workbook.Check;

/// <summary>
/// The elements of a set, by number. A set knows the one it was made from and the element that made the difference; every 64th knows
/// all of its elements, so that neither space nor time grows with the number of elements for each state. Sets are told apart by the
/// exclusive or of a random 128-bit word for each element (Zobrist 1970).
/// </summary>
internal sealed class Members : IEquatable<Members>
{
    private const int MostToggles = 64;

    private readonly Members? _before;
    private readonly int _toggled;
    private readonly int _toggles;
    private readonly ulong[]? _bits;
    private readonly ulong _first, _second;

    private Members(ulong[] bits, ulong first, ulong second) => (_bits, _first, _second) = (bits, first, second);

    private Members(Members before, int toggled)
    {
        (_before, _toggled, _toggles) = (before, toggled, before._toggles + 1);
        (_first, _second) = (before._first ^ Word(toggled, 0), before._second ^ Word(toggled, 1));
        if (_toggles < MostToggles) return;
        _bits = BitsWith(toggled);
        (_before, _toggles) = (null, 0);
    }

    public static Members None { get; } = new([], 0, 0);

    public static Members Of(IEnumerable<int> elements)
    {
        var distinct = elements.ToHashSet();
        var bits = new ulong[distinct.Count == 0 ? 0 : (distinct.Max() >> 6) + 1];
        var (first, second) = (0UL, 0UL);
        foreach (var element in distinct)
        {
            bits[element >> 6] |= 1UL << element;
            (first, second) = (first ^ Word(element, 0), second ^ Word(element, 1));
        }

        return new(bits, first, second);
    }

    public bool Contains(int element)
    {
        var flips = false;
        var set = this;
        for (; set._bits is null; set = set._before!) flips ^= set._toggled == element;
        return flips ^ (element >> 6 < set._bits.Length && ((set._bits[element >> 6] >> element) & 1) != 0);
    }

    /// <summary>The set with the element when it is without it, and without when with.</summary>
    public Members Toggle(int element) => new(this, element);

    public bool Equals(Members? other) => other is not null && _first == other._first && _second == other._second;

    public override bool Equals(object? obj) => Equals(obj as Members);

    public override int GetHashCode() => (int)_first;

    private static ulong Word(int element, int half)
    {
        var mixed = 0x9E37_79B9_7F4A_7C15 * (2 * (ulong)element + (ulong)half + 1);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }

    private ulong[] BitsWith(int toggled)
    {
        var changed = new List<int> { toggled };
        var set = _before!;
        for (; set._bits is null; set = set._before!) changed.Add(set._toggled);
        var bits = new ulong[Math.Max(set._bits.Length, (changed.Max() >> 6) + 1)];
        set._bits.CopyTo(bits, 0);
        foreach (var element in changed) bits[element >> 6] ^= 1UL << element;
        return bits;
    }
}
