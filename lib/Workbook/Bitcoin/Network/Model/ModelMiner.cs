namespace Workbook.Bitcoin;

/// <summary>A miner of the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Its share of all hashing, above 0 and at most 1.</param>
public sealed record ModelMiner(string Name, double Share)
{
    /// <summary>What it does with the blocks that it finds.</summary>
    public MinerStrategy Strategy { get; init; }

    /// <summary>
    /// How many connections it opens to other peers; as many as everybody when null. Who is better connected hears earlier and is heard earlier.
    /// </summary>
    public int? Links { get; init; }

    /// <summary>Miners of equal shares: <c>m1</c>, <c>m2</c>…</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="share">Their share together.</param>
    public static IReadOnlyList<ModelMiner> Equal(int count, double share = 1) =>
        [.. Enumerable.Range(1, count).Select(number => new ModelMiner($"m{number}", share / count))];

    /// <summary>One miner that plays its own game, and so many honest ones that share what is left.</summary>
    /// <param name="strategy">What the one does.</param>
    /// <param name="share">Its share, above 0 and below 1.</param>
    /// <param name="others">How many honest miners, 1 or more.</param>
    /// <param name="links">How many connections the one opens; as many as everybody when null.</param>
    public static IReadOnlyList<ModelMiner> Against(MinerStrategy strategy, double share, int others = 20, int? links = null) =>
        [new ModelMiner("attacker", share) { Strategy = strategy, Links = links }, .. Equal(others, 1 - share)];
}

/// <summary>What a miner of the model does with the blocks that it finds.</summary>
public enum MinerStrategy
{
    /// <summary>Mines on the best block it knows, and sends what it finds at once (§5).</summary>
    Honest,

    /// <summary>Keeps what it finds, and sends it only when others are about to catch up (Eyal and Sirer 2014, Algorithm 1).</summary>
    Selfish,

    /// <summary>
    /// Mines on nobody's blocks but its own, and sends them when they are ahead: with most of the hashing all blocks of others come to nothing (§4, §11).
    /// </summary>
    OnlyItsOwn,

    /// <summary>
    /// Mines a branch of its own from the first block, with times that bring the difficulty down, and sends it when it is better than the others' chain. It
    /// wins
    /// where blocks are counted instead of work. The times are what Bitcoin would let pass: a block must only be later than the middle one of eleven before
    /// it, so
    /// one alone may claim to be late (the "time warp").
    /// </summary>
    CheapBranch,
}
