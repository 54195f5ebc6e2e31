using System.Collections;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>
/// What unlocks an output of a witness program (BIP 141): a list of byte strings, the last one on top of the stack. It stands outside of what
/// the transaction's id is the hash of.
/// </summary>
[TypeFormatterSource]
public sealed class Witness : IReadOnlyList<ReadOnlyMemory<byte>>, IEquatable<Witness>, IDisplay
{
    private readonly ReadOnlyMemory<byte>[] _items;

    /// <summary>A witness of its items, from the bottom of the stack to the top.</summary>
    public Witness(params IEnumerable<ReadOnlyMemory<byte>> items) => _items = [.. items];

    private Witness(ReadOnlyMemory<byte>[] items) => _items = items;

    /// <summary>No items: the witness of an input that needs none.</summary>
    public static Witness Empty { get; } = new([]);

    /// <summary>How many items there are.</summary>
    public int Count => _items.Length;

    /// <summary>How many bytes it takes in a transaction.</summary>
    internal int Size => CompactSize.Length((ulong)_items.Length) + _items.Sum(item => CompactSize.Sized(item.Length));

    /// <summary>The item with a number, from 0 at the bottom.</summary>
    public ReadOnlyMemory<byte> this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether the items are the same, byte for byte.</summary>
    public bool Equals(Witness? other) =>
        other is not null && Count == other.Count && _items.Zip(other._items).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Witness);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Aggregate(_items.Length, (hash, item) => (hash * 31) + item.Length);

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>Items in hexadecimal, a blank between them; an empty one is <c>0</c>.</summary>
    public override string ToString() => string.Join(' ', _items.Select(item => item.Length == 0 ? "0" : Hex.Of(item.Span)));

    internal static Witness Read(ref ByteReader reader)
    {
        var count = reader.Count(1, "a witness");
        if (count == 0) return Empty;
        var items = new ReadOnlyMemory<byte>[count];
        for (var index = 0; index < count; index++) items[index] = reader.Sized("an item of a witness").ToArray();
        return new Witness(items);
    }

    internal void Write(ref ByteWriter writer)
    {
        writer.Count(_items.Length);
        foreach (var item in _items) writer.Sized(item.Span);
    }
}
