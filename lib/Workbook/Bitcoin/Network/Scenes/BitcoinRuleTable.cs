using System.Globalization;
using Workbook.Check;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>A precaution of Bitcoin's, and the scene in which its absence shows.</summary>
/// <param name="Name">The name of the member of <see cref="BitcoinRules"/>.</param>
/// <param name="Source">Where the paper has it.</param>
/// <param name="Without">All rules but this one.</param>
/// <param name="Scene">The scene that finds the anomaly: a function of its schedule and the rules.</param>
public sealed record BitcoinRule(string Name, string Source, BitcoinRules Without, Func<Schedule, BitcoinRules?, SceneRun> Scene);

/// <summary>What happens without each of Bitcoin's precautions: computed, not told.</summary>
public static class BitcoinRuleTable
{
    private static readonly BitcoinRules All = BitcoinRules.All;

    /// <summary>The precautions of peers, wallets and miners.</summary>
    public static IReadOnlyList<BitcoinRule> Rules { get; } =
    [
        new("CountWorkNotIdentities", "§4", All with { CountWorkNotIdentities = false }, BitcoinScenes.Sybil),
        new("WaitForConfirmations", "§11", All with { WaitForConfirmations = false }, BitcoinScenes.TwoSellers),
        new("MostWorkWins", "§4", All with { MostWorkWins = false }, BitcoinScenes.EasyBranch),
        new("SpendOnlyUnspentOnThisBranch", "§2, §5", All with { SpendOnlyUnspentOnThisBranch = false }, BitcoinScenes.TwoSellers),
        new("BlocksFarApart", "§5", All with { BlocksFarApart = false }, BitcoinScenes.ShortInterval),
        new("Retarget", "§4", All with { Retarget = false }, BitcoinScenes.GrowingPower),
        new("ReturnOrphanedTransactions", "§5", All with { ReturnOrphanedTransactions = false }, BitcoinScenes.Fork),
        new("MineHonestly", "§6", All with { MineHonestly = false }, (schedule, rules) => BitcoinScenes.SelfishMiner(schedule, rules)),
    ];

    /// <summary>Explores each rule switched off, over that many seeds.</summary>
    public static Table Explore(int seeds) => Table.Of(
        $"What goes wrong without each rule, in {seeds:N0} runs",
        Rules.Select(rule => (Rule: rule, Found: Check.Explore.Seeds(seeds, schedule => rule.Scene(schedule, rule.Without)))).ToList(),
        ("without", row => Words(row.Rule.Name)),
        ("paper", row => row.Rule.Source),
        ("runs that go wrong", row => row.Found.Violations.Count),
        ("first seed", row => row.Found.Violations.Count > 0 ? row.Found.Violations[0].Seed.ToString(CultureInfo.InvariantCulture) : "–"),
        ("its events", row => row.Found.Violations.Count > 0 ? row.Found.Violations[0].Events.ToString("N0", CultureInfo.InvariantCulture) : "–"),
        ("what is seen", row => row.Found.Violations.Count > 0 ? row.Found.Violations[0].Violation : "nothing"));

    /// <summary>A member's name as words, which a narrow column can break.</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
