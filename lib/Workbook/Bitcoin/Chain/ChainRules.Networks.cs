namespace Workbook.Bitcoin;

/// <summary>The main network, and small ones for tests and notebooks.</summary>
public sealed partial record ChainRules
{
    /// <summary>The time of the main network's first block, in seconds since 1970, and of the small networks': 3 January 2009.</summary>
    public const uint FirstTime = 1231006505;

    /// <summary>
    /// The main network: 50 bitcoins halved every 210,000 blocks, spent 100 blocks later at the earliest, a new target every 2,016 blocks of 600 seconds,
    /// and each rule for scripts from the height at which it came into force.
    /// </summary>
    public static ChainRules Main { get; } = new()
    {
        FirstBlock = BitcoinData.Block(0),
        CoinbaseHeightFrom = 227_931,
        ScriptRulesFrom =
        [
            (173_805, ScriptRules.PayToScriptHash), (363_725, ScriptRules.StrictDer), (388_381, ScriptRules.CheckLockTime),
            (419_328, ScriptRules.CheckSequence), (481_824, ScriptRules.Witness | ScriptRules.NullDummy),
        ],
    };

    /// <summary>
    /// A small network: every second hash is good enough, the target never changes, a coinbase can be spent two blocks later, all of today's rules for
    /// scripts hold from the first block on. <c>ChainRules.Small with { … }</c> makes others.
    /// </summary>
    public static ChainRules Small { get; } = OfTarget(CompactTarget.Easiest);

    /// <summary>As <see cref="Small"/>, with another target to begin with.</summary>
    /// <param name="target">The target of the first block, and the easiest that there may be; from 20 bits on its first block takes a while to find.</param>
    /// <param name="retargetInterval">Blocks from one change of the target to the next, 2 or more; 0 for no change ever.</param>
    public static ChainRules OfTarget(CompactTarget target, int retargetInterval = 0) => new ChainRules
    {
        FirstBlock = BlockTemplate.First("Workbook 3/Jan/2009", FirstTime, target),
        EasiestTarget = target,
        RetargetInterval = retargetInterval,
        HalvingInterval = 150,
        CoinbaseMaturity = 2,
    }.Checked();
}
