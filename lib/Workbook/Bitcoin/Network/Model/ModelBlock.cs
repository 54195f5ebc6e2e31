namespace Workbook.Bitcoin;

/// <summary>A block of the model: what it stands on, who found it and when, and how much work it took; no transactions.</summary>
public sealed class ModelBlock
{
    internal ModelBlock(int id, ModelBlock? parent, int miner, long time, long claimed, double difficulty)
    {
        (Id, Parent, Miner, Ticks, ClaimedTicks, Difficulty) = (id, parent, miner, time, claimed, difficulty);
        Height = parent is null ? 0 : parent.Height + 1;
        TotalWork = (parent?.TotalWork ?? 0) + difficulty;
    }

    /// <summary>Its number in the order in which blocks were found; 0 is the first block, which was always there.</summary>
    public int Id { get; }

    /// <summary>The block before it; null before the first.</summary>
    public ModelBlock? Parent { get; }

    /// <summary>Its miner's place in <see cref="MiningNetwork.Miners"/>; -1 for the first block.</summary>
    public int Miner { get; }

    /// <summary>How many blocks stand before it.</summary>
    public int Height { get; }

    /// <summary>When it was found, since the start.</summary>
    public TimeSpan Time => new(Ticks);

    /// <summary>The time that its header claims: when it was found, unless its miner lies.</summary>
    public TimeSpan ClaimedTime => new(ClaimedTicks);

    /// <summary>How much harder than the first block it was; as much work it took, on average.</summary>
    public double Difficulty { get; }

    /// <summary>The work of the whole chain up to this block.</summary>
    public double TotalWork { get; }

    /// <summary>Whether its miner has sent it to anybody.</summary>
    public bool IsPublished { get; internal set; }

    /// <summary>Whether it is in the chain on which peers agree in the end.</summary>
    public bool IsInChain { get; internal set; }

    internal long Ticks { get; }

    internal long ClaimedTicks { get; }

    internal long PublishedTicks { get; set; }

    /// <summary>The difficulty of a block on top of this one; 0 while nobody has asked.</summary>
    internal double NextDifficulty { get; set; }

    /// <summary>Who has it, while it is under way.</summary>
    internal Flood? Flood { get; set; }

    /// <summary>Whether all peers have it.</summary>
    internal bool IsEverywhere { get; set; }

    /// <summary>Whether a peer has it.</summary>
    internal bool IsAt(int peer) => IsEverywhere || Flood?.Has[peer] == true;

    /// <summary><c>block 17 at height 16 by miner 3</c></summary>
    public override string ToString() => $"block {Id} at height {Height} by miner {Miner}";
}

/// <summary>Where a block has got to, and when it gets to the others, as far as that is known.</summary>
internal sealed class Flood(int peers)
{
    public bool[] Has { get; } = new bool[peers];

    public long[] Earliest { get; } = new long[peers];

    public int Left { get; set; }

    public Flood Begin()
    {
        Array.Clear(Has);
        Array.Fill(Earliest, long.MaxValue);
        Left = peers;
        return this;
    }
}
