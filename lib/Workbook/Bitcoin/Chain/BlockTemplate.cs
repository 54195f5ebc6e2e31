using System.Buffers.Binary;
using System.Text;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>A block that only lacks its proof of work: what a miner works on (§5, step 3).</summary>
[TypeFormatterSource]
public sealed record BlockTemplate : IDisplay
{
    /// <summary>The most letters that a coinbase can say here; its script has at most 100 bytes.</summary>
    public const int LongestTag = 80;

    // OP_RETURN, a push of 36 bytes, and four bytes that say what they are (BIP 141).
    private static readonly byte[] CommitmentStart = [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed];

    private MerkleProof? _beside;

    // A copy that differs has another tree.
    private BlockTemplate(BlockTemplate original) =>
        (Previous, Height, Target, Time, Reward, Subsidy, Tag, Transactions, Fees, Version) = (original.Previous, original.Height, original.Target,
            original.Time, original.Reward, original.Subsidy, original.Tag, original.Transactions, original.Fees, original.Version);

    /// <summary>The hash of the block before.</summary>
    public required Hash256 Previous { get; init; }

    /// <summary>The block's height, with which its coinbase begins (BIP 34).</summary>
    public required int Height { get; init; }

    /// <summary>What its hash must not exceed.</summary>
    public required CompactTarget Target { get; init; }

    /// <summary>Its time, in seconds since 1970.</summary>
    public required uint Time { get; init; }

    /// <summary>Whom the coinbase pays.</summary>
    public required Script Reward { get; init; }

    /// <summary>What the block makes, in satoshis.</summary>
    public required long Subsidy { get; init; }

    /// <summary>What the coinbase says, at most 80 letters.</summary>
    public string Tag
    {
        get;
        init => field = Encoding.UTF8.GetByteCount(value) <= LongestTag ? value
            : throw new ArgumentException($"A coinbase can say at most {LongestTag} letters; “{value}” is longer.");
    } = "";

    /// <summary>The transactions after the coinbase, each after those that it spends from.</summary>
    public IReadOnlyList<Transaction> Transactions { get; init; } = [];

    /// <summary>What the transactions leave to the miner, in satoshis.</summary>
    public long Fees { get; init; }

    /// <summary>The header's version.</summary>
    public int Version { get; init; } = 0x20000000;

    /// <summary>The most that header, coinbase and the number of transactions can weigh.</summary>
    internal int MostOwnWeight => (4 * (BlockHeader.Size + 5)) + Coinbase(0, [.. CommitmentStart, .. new byte[Hash256.Size]]).Weight;

    /// <summary>A network's first block: its coinbase says something, and pays nobody.</summary>
    /// <param name="message">At most 80 letters: the main network's is a headline of the day.</param>
    /// <param name="time">Seconds since 1970.</param>
    /// <param name="target">What its hash must not exceed; it is mined here and now.</param>
    public static Block First(string message, uint time, CompactTarget target) => new BlockTemplate
    {
        Previous = Hash256.Zero,
        Height = 0,
        Target = target,
        Time = time,
        Reward = Script.Of(Opcode.OP_RETURN),
        Subsidy = 0,
        Tag = message,
    }.Mine(new MiningOptions { Threads = 1 });

    /// <summary>The coinbase with an extra nonce: for each it has another id, and the block another Merkle root.</summary>
    /// <param name="extraNonce">Any number.</param>
    public Transaction Coinbase(long extraNonce) => Coinbase(extraNonce, Commitment());

    /// <summary>The header to be mined, with an extra nonce in the coinbase: only the tree's left edge is hashed anew.</summary>
    /// <param name="extraNonce">Any number.</param>
    public BlockHeader Header(long extraNonce = 0)
    {
        _beside ??= new MerkleTree([Hash256.Zero, .. Transactions.Select(transaction => transaction.Txid)]).Proof(0);
        return new BlockHeader(Version, Previous, _beside.RootWith(Coinbase(extraNonce).Txid), Time, Target, 0);
    }

    /// <summary>The whole block, whether its hash is small enough or not.</summary>
    /// <param name="extraNonce">The number in the coinbase.</param>
    /// <param name="nonce">The number in the header.</param>
    public Block Build(long extraNonce = 0, uint nonce = 0) =>
        new(Header(extraNonce) with { Nonce = nonce }, [Coinbase(extraNonce), .. Transactions]);

    /// <summary>The block with its proof of work (§4).</summary>
    /// <param name="options">Which nonces for each extra nonce, how many cores; all when left out.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public Block Mine(MiningOptions? options = null, CancellationToken cancellation = default)
    {
        var mined = Miner.Mine(Header, options, cancellation);
        return Build(mined.ExtraNonce, mined.Nonce!.Value);
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The place, how much is in it, and what the coinbase pays.</summary>
    public override string ToString() =>
        $"height {Height} on {Previous}: {Transactions.Count} transactions and a coinbase of {Money.Text(Subsidy + Fees)}, target {Target}";

    private Transaction Coinbase(long extraNonce, byte[]? commitment)
    {
        var extra = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(extra, extraNonce);
        List<ScriptItem> script = [Height, extra];
        if (Tag.Length > 0) script.Add(Encoding.UTF8.GetBytes(Tag));
        var input = new TxInput(OutPoint.Null, Script.Of([.. script]));
        List<TxOutput> outputs = [new TxOutput(Subsidy + Fees, Reward)];
        if (commitment is not null)
        {
            input = input with { Witness = new Witness(new byte[Hash256.Size]) };
            outputs.Add(new TxOutput(0, new Script(commitment)));
        }

        return new Transaction([input], outputs);
    }

    /// <summary>Where there are witnesses, the coinbase commits to them (BIP 141); to its own as zero, so that the extra nonce does not matter.</summary>
    private byte[]? Commitment()
    {
        if (!Transactions.Any(transaction => transaction.HasWitness)) return null;
        var root = new MerkleTree([Hash256.Zero, .. Transactions.Select(transaction => transaction.Wtxid)]).Root;
        return [.. CommitmentStart, .. Hash256.Twice(root, Hash256.Zero).ToBytes()];
    }
}
