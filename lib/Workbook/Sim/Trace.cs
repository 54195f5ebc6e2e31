namespace Workbook.Sim;

/// <summary>What kind of thing happened.</summary>
public enum TraceKind
{
    /// <summary>A message left its sender.</summary>
    Sent,

    /// <summary>A message reached a process.</summary>
    Delivered,

    /// <summary>A message was lost, and the record says why.</summary>
    Dropped,

    /// <summary>A named timer went off.</summary>
    Timer,

    /// <summary>A process changed its state, in its own words.</summary>
    State,

    /// <summary>Something broke or was mended: crash, restart, cut, partition, disk.</summary>
    Fault,

    /// <summary>A remark.</summary>
    Note,
}

/// <summary>One thing that happened in a run.</summary>
/// <param name="Index">Its place in the run, from 0.</param>
/// <param name="Time">When, in true virtual time.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Node">Where: the sender of what was sent, the receiver of what was delivered.</param>
/// <param name="Peer">The other end of a message; otherwise none.</param>
/// <param name="MessageId">Ties a message's sending to its delivery or loss; 0 for what is no message.</param>
/// <param name="Message">The message; otherwise null.</param>
/// <param name="Text">The remark, the state, the fault, or why a message was lost; otherwise null.</param>
public readonly record struct TraceRecord(
    long Index, Instant Time, TraceKind Kind, NodeId Node, NodeId Peer, long MessageId, Message? Message, string? Text)
{
    /// <summary>One line for a reader: <c>0.001200s s2 → s1 Vote(term 3)</c>.</summary>
    public override string ToString() => Kind switch
    {
        TraceKind.Sent => $"{Time} {Node} → {Peer} {Message}",
        TraceKind.Delivered => $"{Time} {Node} ← {Peer} {Message}",
        TraceKind.Dropped => $"{Time} {Peer} ✕ {Node} {Message} ({Text})",
        TraceKind.Timer => $"{Time} {Node} timer {Text}",
        TraceKind.State => $"{Time} {Node} is {Text}",
        TraceKind.Fault => Node.Name is null ? $"{Time} fault {Text}" : $"{Time} {Node} fault {Text}",
        _ => $"{Time} {Node} “{Text}”",
    };
}

/// <summary>How much of a run is kept.</summary>
/// <param name="Most">The number of newest records kept; 0 keeps none.</param>
public readonly record struct TraceLimit(int Most)
{
    /// <summary>Nothing is recorded: the fastest.</summary>
    public static readonly TraceLimit Off = new(0);

    /// <summary>The whole run.</summary>
    public static readonly TraceLimit Whole = new(int.MaxValue);

    /// <summary>The newest records only, in memory that does not grow.</summary>
    public static TraceLimit Newest(int records) => records > 0
        ? new(records)
        : throw new ArgumentOutOfRangeException(nameof(records), records, "Keep at least one record, or use TraceLimit.Off.");
}

/// <summary>What happened in a run, in order: enough to read, to draw, to step through and to compare two runs.</summary>
public sealed class Trace
{
    private const ulong HashPrime = 0x9E3779B97F4A7C15;
    private const int BlockLength = 256;

    private readonly TraceLimit _limit;
    private readonly Dictionary<Type, ulong> _typeHashes = [];
    private readonly Dictionary<NodeId, ulong> _nodeHashes = [];

    // Blocks, because one large array would be copied as it grows, and is collected seldom.
    private readonly List<TraceRecord[]> _blocks = [];
    private ulong _shape = HashPrime;
    private long _shaped;

    internal Trace(TraceLimit limit) => _limit = limit;

    /// <summary>How many things have happened, those no longer kept included.</summary>
    public long Total { get; private set; }

    /// <summary>How many records are kept.</summary>
    public int Kept => (int)Math.Min(Total, _limit.Most);

    /// <summary>The records kept, oldest first.</summary>
    public IEnumerable<TraceRecord> Records => Since(0);

    /// <summary>The records from the index on, as far as they are kept.</summary>
    internal IEnumerable<TraceRecord> Since(long index)
    {
        for (index = Math.Max(index, Total - Kept); index < Total; index++) yield return Slot(index);
    }

    /// <summary>The records kept as lines for a reader.</summary>
    public IEnumerable<string> Lines => Records.Select(record => record.ToString());

    /// <summary>
    /// A fingerprint of the run: every record's time, kind, nodes and message type, and the whole text of the records
    /// kept. Equal for the same code, configuration and seed, in this process and in another.
    /// </summary>
    public string Hash
    {
        get
        {
            while (_shaped < Total) _shape = Mix(_shape, ShapeOf(Slot(_shaped++)));
            var hash = _shape;
            foreach (var line in Lines) hash = Mix(hash, StableText(line));
            return hash.ToString("x16", null);
        }
    }

    /// <summary>The first place where two runs differ, or null when they are the same as far as both are kept.</summary>
    public static (TraceRecord? Left, TraceRecord? Right)? FirstDifference(Trace left, Trace right)
    {
        using var ours = left.Records.GetEnumerator();
        using var theirs = right.Records.GetEnumerator();
        while (true)
        {
            var (more, moreToo) = (ours.MoveNext(), theirs.MoveNext());
            if (!more && !moreToo) return null;
            if (!more || !moreToo || ours.Current.ToString() != theirs.Current.ToString())
            {
                return (more ? ours.Current : null, moreToo ? theirs.Current : null);
            }
        }
    }

    internal bool IsOn => _limit.Most > 0;

    internal TraceRecord Add(Instant time, TraceKind kind, NodeId node, NodeId peer, long messageId, Message? message, string? text)
    {
        var record = new TraceRecord(Total, time, kind, node, peer, messageId, message, text);
        if (!IsOn) return record;
        if (Total < _limit.Most && Total % BlockLength == 0) _blocks.Add(new TraceRecord[Math.Min(BlockLength, _limit.Most - Total)]);

        // The fingerprint takes in a record no sooner than it is asked for or the record is forgotten.
        ref var slot = ref Slot(Total);
        if (Total >= _limit.Most && _shaped <= Total - _limit.Most) _shape = Mix(_shape, ShapeOf(Slot(_shaped++)));
        slot = record;
        Total++;
        return record;
    }

    private ref TraceRecord Slot(long index)
    {
        var place = index % _limit.Most;
        return ref _blocks[(int)(place / BlockLength)][place % BlockLength];
    }

    private ulong ShapeOf(in TraceRecord record)
    {
        var hash = Mix((ulong)record.Time.Ticks, (ulong)record.Kind);
        hash = Mix(hash, HashOf(record.Node));
        if (record.Peer.Name is not null) hash = Mix(hash, HashOf(record.Peer));
        if (record.Message is not null) hash = Mix(hash, HashOf(record.Message.GetType()));
        return record.Text is null ? hash : Mix(hash, StableText(record.Text));
    }

    private ulong HashOf(NodeId node)
    {
        if (node.Name is null) return 0;
        if (!_nodeHashes.TryGetValue(node, out var hash)) _nodeHashes[node] = hash = StableText(node.Name);
        return hash;
    }

    private ulong HashOf(Type type)
    {
        if (!_typeHashes.TryGetValue(type, out var hash)) _typeHashes[type] = hash = StableText(type.Name);
        return hash;
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * HashPrime;
        return hash ^ (hash >> 29);
    }

    private static ulong StableText(string text)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var letter in text) hash = (hash ^ letter) * 0x100000001B3;
        return hash;
    }
}
