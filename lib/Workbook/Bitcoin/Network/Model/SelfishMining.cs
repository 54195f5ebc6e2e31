using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>
/// A miner that keeps its blocks (Eyal and Sirer, <em>Majority is not Enough</em>, 2014): its share of the chain against its share of the hashing α, and
/// the share γ of the others' hashing that works on its block when two of the same height are under way.
/// </summary>
public static class SelfishMining
{
    /// <summary>Its share of the chain in the long run (equation 8).</summary>
    /// <param name="power">α, its share of the hashing, 0 to below 0.5.</param>
    /// <param name="gamma">γ, 0 to 1.</param>
    /// <exception cref="ArgumentException">A number cannot be.</exception>
    public static double Revenue(double power, double gamma)
    {
        Check(power, gamma);
        var rest = 1 - power;
        var gained = (power * rest * rest * ((4 * power) + (gamma * (1 - (2 * power))))) - (power * power * power);
        return gained / (1 - (power * (1 + ((2 - power) * power))));
    }

    /// <summary>The share of the hashing above which keeping blocks pays: (1 - γ) / (3 - 2γ); 1/3 for γ = 0, 1/4 for 1/2, 0 for 1.</summary>
    /// <param name="gamma">γ, 0 to 1.</param>
    /// <exception cref="ArgumentException">The number cannot be.</exception>
    public static double Threshold(double gamma)
    {
        Check(0, gamma);
        return (1 - gamma) / (3 - (2 * gamma));
    }

    /// <summary>Runs the algorithm block by block, with blocks that take no time to be heard of: the share of the chain that the miner gets.</summary>
    /// <param name="power">α, 0 to below 0.5.</param>
    /// <param name="gamma">γ, 0 to 1.</param>
    /// <param name="blocks">How many blocks everybody together finds, 1 or more.</param>
    /// <param name="seed">Decides who finds them.</param>
    /// <exception cref="ArgumentException">A number cannot be.</exception>
    public static double Run(double power, double gamma, int blocks = 1_000_000, ulong seed = 1)
    {
        Check(power, gamma);
        if (blocks < 1) throw new ArgumentException($"Find at least one block, not {blocks}.", nameof(blocks));
        var random = new Rng(seed);
        var (own, others) = (0L, 0L);
        var (lead, isRace) = (0, false);
        for (var block = 0; block < blocks; block++)
        {
            if (random.Chance(power))
            {
                if (isRace) (own, isRace) = (own + 2, false);
                else lead++;
                continue;
            }

            switch (lead)
            {
                case 0 when isRace:
                    // Others find the next block on top of the miner's with probability γ, on their own otherwise.
                    if (random.Chance(gamma)) (own, others) = (own + 1, others + 1);
                    else others += 2;
                    isRace = false;
                    break;
                case 0:
                    others++;
                    break;
                case 1:
                    (lead, isRace) = (0, true);
                    break;
                case 2:
                    (own, lead) = (own + 2, 0);
                    break;
                default:
                    // One of its blocks is sent, and nobody can pass it any more.
                    (own, lead) = (own + 1, lead - 1);
                    break;
            }
        }

        own += lead;
        return own + others == 0 ? 0 : own / (double)(own + others);
    }

    /// <summary>Runs it in a network of peers, where γ is what connections and delays make it.</summary>
    /// <param name="power">α, above 0 and below 0.5.</param>
    /// <param name="network">The network; its own miners do not count. The usual one when left out.</param>
    /// <param name="links">How many connections the miner opens; as many as everybody when null.</param>
    /// <param name="blocks">How long the chain gets.</param>
    /// <param name="seed">Decides everything that is drawn.</param>
    /// <exception cref="ArgumentException">A number cannot be.</exception>
    public static MiningHistory RunInNetwork(double power, MiningNetwork? network = null, int? links = null, int blocks = 20_000, ulong seed = 1)
    {
        Check(power, 0);
        var attacked = network ?? new MiningNetwork { RetargetEvery = 0 };
        return (attacked with { Miners = ModelMiner.Against(MinerStrategy.Selfish, power, links: links) }).Run(blocks, seed);
    }

    private static void Check(double power, double gamma)
    {
        if (power is not (>= 0 and < 0.5)) throw new ArgumentException($"A selfish miner with {power} of the hashing is none: give a share from 0 to below 0.5.", nameof(power));
        if (gamma is not (>= 0 and <= 1)) throw new ArgumentException($"γ is a share of the others' hashing, 0 to 1; it cannot be {gamma}.", nameof(gamma));
    }
}
