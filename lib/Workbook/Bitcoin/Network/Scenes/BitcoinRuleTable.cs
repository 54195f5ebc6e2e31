using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>A precaution of Bitcoin's, and the scene in which its absence shows.</summary>
/// <param name="Name">The name of the member of <see cref="BitcoinRules"/>.</param>
/// <param name="Source">Where the paper has it.</param>
/// <param name="Prevents">What goes wrong without it, in general.</param>
/// <param name="Without">All rules but this one.</param>
/// <param name="Scene">The scene that finds the anomaly: a function of its schedule and the rules.</param>
/// <param name="SceneText">The scene as it is written; the compiler fills it in.</param>
public sealed record BitcoinRule(
    string Name, string Source, string Prevents, BitcoinRules Without, Func<Schedule, BitcoinRules?, SceneRun> Scene,
    [CallerArgumentExpression(nameof(Scene))] string SceneText = "");

/// <summary>What happens without each of Bitcoin's precautions: computed, not told.</summary>
public static partial class BitcoinRuleTable
{
    private static readonly BitcoinRules All = BitcoinRules.All;

    /// <summary>The precautions of peers, wallets and miners.</summary>
    public static IReadOnlyList<BitcoinRule> Rules { get; } =
    [
        new("CountWorkNotIdentities", "§4", "whoever makes up enough identities shows two sellers different ledgers",
            All with { CountWorkNotIdentities = false }, BitcoinScenes.Sybil),
        new("WaitForConfirmations", "§11", "a payment that was only heard of is undone", All with { WaitForConfirmations = false }, BitcoinScenes.TwoSellers),
        new("MostWorkWins", "§4", "a branch of many blocks with little work wins", All with { MostWorkWins = false }, BitcoinScenes.EasyBranch),
        new("SpendOnlyUnspentOnThisBranch", "§2, §5", "the same coin is spent twice", All with { SpendOnlyUnspentOnThisBranch = false }, BitcoinScenes.TwoSellers),
        new("BlocksFarApart", "§5", "blocks are found while others are on their way, and much of the work is lost",
            All with { BlocksFarApart = false }, BitcoinScenes.ShortInterval),
        new("Retarget", "§4", "blocks come the faster the more power there is", All with { Retarget = false }, BitcoinScenes.GrowingPower),
        new("ReturnOrphanedTransactions", "§5", "a payment of an abandoned branch vanishes", All with { ReturnOrphanedTransactions = false }, BitcoinScenes.Fork),
        new("MineHonestly", "§6", "a miner with much of the power that keeps its blocks back gets more than its share",
            All with { MineHonestly = false }, (schedule, rules) => BitcoinScenes.SelfishMiner(schedule, rules)),
    ];

    /// <summary>Explores each rule switched off, over that many seeds. Runs of many blocks are not made smaller: of each rule the first is shown.</summary>
    public static RuleFindings Explore(int seeds) => RuleFindings.Of("Bitcoin", Rules.Select(rule =>
        new RuleFinding(Words(rule.Name), rule.Source, rule.Prevents) { IsShrunk = false }.In(
            seeds, schedule => rule.Scene(schedule, rule.Without),
            $"schedule => {SceneName().Match(rule.SceneText)}(schedule, BitcoinRules.All with {{ {rule.Name} = false }})")));

    /// <summary>A member's name as words, which a narrow column can break.</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));

    /// <summary>The scene's name, also where it stands in a lambda.</summary>
    [GeneratedRegex(@"\w+\.\w+")]
    private static partial Regex SceneName();
}
