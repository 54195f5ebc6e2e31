using System.Globalization;
using System.Numerics;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>A block at its place in the tree of all known blocks.</summary>
[TypeFormatterSource]
public sealed class KnownBlock : IDisplay
{
    /// <summary>How many blocks' times the median is of.</summary>
    private const int MedianOf = 11;

    internal KnownBlock(BlockHeader header, Hash256 hash, KnownBlock? parent, int order)
    {
        (Header, Hash, Parent, Order) = (header, hash, parent, order);
        Height = parent is null ? 0 : parent.Height + 1;
        Work = (parent?.Work ?? 0) + header.Bits.Work;
        MedianTime = Median();
    }

    /// <summary>The 80 bytes.</summary>
    public BlockHeader Header { get; }

    /// <summary>The hash that names the block.</summary>
    public Hash256 Hash { get; }

    /// <summary>The block before; null for the first one.</summary>
    public KnownBlock? Parent { get; }

    /// <summary>How many blocks stand before it.</summary>
    public int Height { get; }

    /// <summary>The hashes that this block and all before it took, on average (§4).</summary>
    public BigInteger Work { get; }

    /// <summary>How many blocks were known before this one came: of two branches with the same work the one seen first counts.</summary>
    public int Order { get; }

    /// <summary>The median of the times of this block and the ten before it, in seconds since 1970: it never goes back.</summary>
    public uint MedianTime { get; }

    /// <summary>The whole block; null where only headers are kept.</summary>
    public Block? Block { get; internal set; }

    /// <summary>Why the block is not valid, or the first one before it that is not; null as long as nothing wrong is known.</summary>
    public BitcoinException? Fault { get; internal set; }

    /// <summary>Whether nothing is known to be wrong with it and those before it.</summary>
    public bool IsValid => Fault is null;

    /// <summary>The blocks that stand on it, in the order in which they came.</summary>
    public IReadOnlyList<KnownBlock> Children => ChildList;

    internal List<KnownBlock> ChildList { get; } = [];

    /// <summary>What connecting it changed among the unspent outputs; null when it is not connected.</summary>
    internal UtxoChange[]? Undo { get; set; }

    /// <summary>The block at a height on this one's branch; itself at its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The height is below zero or above this block's.</exception>
    public KnownBlock At(int height)
    {
        if (height < 0 || height > Height) throw new ArgumentOutOfRangeException(nameof(height), $"Block {Hash} is at height {Height}; there is no height {height} before it.");
        var block = this;
        while (block.Height > height) block = block.Parent!;
        return block;
    }

    /// <summary>The last block that this one's branch and another's have in common.</summary>
    public KnownBlock ForkWith(KnownBlock other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (a, b) = (At(Math.Min(Height, other.Height)), other.At(Math.Min(Height, other.Height)));
        while (a != b) (a, b) = (a.Parent!, b.Parent!);
        return a;
    }

    /// <summary>The blocks after one before this, up to this: lowest first.</summary>
    internal IReadOnlyList<KnownBlock> After(KnownBlock ancestor)
    {
        var path = new KnownBlock[Height - ancestor.Height];
        for (var (block, index) = (this, path.Length - 1); index >= 0; index--, block = block.Parent!) path[index] = block;
        return path;
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary><c>height 170: 00000000d114…, work 734446391467</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"height {Height}: {Hash}, work {Work}{(IsValid ? "" : $"; not valid: {Fault!.Message}")}");

    private uint Median()
    {
        Span<uint> times = stackalloc uint[MedianOf];
        var count = 0;
        for (var block = this; block is not null && count < MedianOf; block = block.Parent) times[count++] = block.Header.Time;
        times[..count].Sort();
        return times[count / 2];
    }
}
