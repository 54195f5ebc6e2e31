using System.Numerics;
using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Race;

/// <summary>The race of §11: the tables as printed, the exact chances, and both against races that are run.</summary>
public sealed class DoubleSpendRaceTests
{
    [Fact]
    public void The_chances_are_those_that_the_paper_prints_to_the_last_digit() =>
        Assert.All(PublishedRace.Chances, chance => Assert.Equal(chance.Paper, Math.Round(chance.Formula, 7)));

    [Fact]
    public void The_confirmations_are_those_that_the_paper_prints() => Assert.All(PublishedRace.Waits, wait => Assert.Equal(wait.Paper, wait.Formula));

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.45)]
    public void The_formula_is_the_papers_program_line_by_line(double q)
    {
        for (var z = 0; z <= 60; z++)
        {
            var lambda = z * (q / (1 - q));
            var sum = 1.0;
            for (var k = 0; k <= z; k++)
            {
                var poisson = Math.Exp(-lambda);
                for (var i = 1; i <= k; i++) poisson *= lambda / i;
                sum -= poisson * (1 - Math.Pow(q / (1 - q), z - k));
            }

            Assert.Equal(sum, DoubleSpendRace.AttackerSuccess(q, z), 1e-12);
        }
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(1, 4)]
    [InlineData(3, 10)]
    [InlineData(9, 20)]
    public void The_exact_chance_is_that_of_whole_numbers(int attacker, int all)
    {
        // Rosenfeld's formula over a common denominator: nothing is rounded before the end.
        for (var z = 1; z <= 40; z++)
        {
            BigInteger lost = 0;
            BigInteger ways = 1;
            for (var m = 0; m <= z; m++)
            {
                if (m > 0) ways = ways * (m + z - 1) / m;
                var (p, q) = ((BigInteger)(all - attacker), (BigInteger)attacker);
                lost += ways * (Power(p, z) * Power(q, m) - Power(p, m) * Power(q, z)) * Power(all, z - m);
            }

            var won = Power(all, 2 * z) - lost;
            var expected = Math.Exp(BigInteger.Log(won) - BigInteger.Log(Power(all, 2 * z)));
            Assert.Equal(1, DoubleSpendRace.ExactSuccess(attacker / (double)all, z) / expected, 1e-10);
        }

        static BigInteger Power(BigInteger number, int exponent) => BigInteger.Pow(number, exponent);
    }

    [Fact]
    public void The_exact_chance_is_an_incomplete_beta_function()
    {
        // I(x; z, 1/2) is 1 - sqrt(1-x) for z = 1, and each next z takes away x^z sqrt(1-x) times C(2z, z) / 4^z.
        foreach (var q in new[] { 0.05, 0.1, 0.2, 0.3, 0.4 })
        {
            var x = 4 * q * (1 - q);
            var (beta, central) = (1 - Math.Sqrt(1 - x), 1.0);
            for (var z = 1; z <= 20; z++)
            {
                Assert.Equal(beta, DoubleSpendRace.ExactSuccess(q, z), 1e-12);
                central *= (2 * z - 1) / (2.0 * z);
                beta -= Math.Pow(x, z) * Math.Sqrt(1 - x) * central;
            }
        }
    }

    [Theory]
    [InlineData(1, 0.2)]
    [InlineData(2, 0.056)]
    [InlineData(3, 0.01712)]
    [InlineData(4, 0.00546)]
    [InlineData(5, 0.00178)]
    [InlineData(6, 0.00059)]
    public void Rosenfelds_table_for_a_tenth_of_the_hashing(int z, double printed) => Assert.Equal(printed, DoubleSpendRace.ExactSuccess(0.1, z), 5.1e-6);

    [Theory]
    [InlineData(0.1, 1, 1)]
    [InlineData(0.1, 2, 2)]
    [InlineData(0.2, 3, 3)]
    [InlineData(0.3, 6, 4)]
    [InlineData(0.45, 10, 5)]
    public void Races_that_are_run_agree_with_the_exact_chance_and_not_with_the_formula(double q, int z, ulong seed)
    {
        var sample = DoubleSpendRace.Run(q, z, 300_000, seed);
        Assert.True(sample.Allows(DoubleSpendRace.ExactSuccess(q, z)), $"{sample}; exact {DoubleSpendRace.ExactSuccess(q, z)}");
        Assert.False(sample.Allows(DoubleSpendRace.AttackerSuccess(q, z)), $"{sample}; formula {DoubleSpendRace.AttackerSuccess(q, z)}");
    }

    [Fact]
    public void The_same_seed_runs_the_same_races()
    {
        Assert.Equal(DoubleSpendRace.Run(0.3, 4, 25_001, 7), DoubleSpendRace.Run(0.3, 4, 25_001, 7));
        Assert.NotEqual(DoubleSpendRace.Run(0.3, 4, 25_001, 7).Wins, DoubleSpendRace.Run(0.3, 4, 25_001, 8).Wins);
    }

    [Fact]
    public void Both_laws_have_the_same_mean_and_the_exact_one_is_wider()
    {
        var (q, z) = (0.3, 6);
        var mean = z * q / (1 - q);
        foreach (var (law, variance) in new[] { (RaceLaw.Poisson, mean), (RaceLaw.NegativeBinomial, mean / (1 - q)) })
        {
            var chances = Enumerable.Range(0, 200).Select(k => DoubleSpendRace.AttackerBlocks(q, z, k, law)).ToList();
            Assert.Equal(1, chances.Sum(), 1e-12);
            Assert.Equal(mean, chances.Select((chance, k) => k * chance).Sum(), 1e-12);
            Assert.Equal(variance, chances.Select((chance, k) => (k - mean) * (k - mean) * chance).Sum(), 1e-10);
        }
    }

    [Fact]
    public void The_ends_of_the_scale_are_certain()
    {
        Assert.Equal(1, DoubleSpendRace.AttackerSuccess(0.1, 0));
        Assert.Equal(0, DoubleSpendRace.ExactSuccess(0, 1));
        Assert.Equal(1, DoubleSpendRace.ExactSuccess(0.5, 1000));
        Assert.Equal(1, DoubleSpendRace.AttackerSuccess(0.9, 3));
        Assert.Equal(1, DoubleSpendRace.CatchUp(0.6, 7));
        Assert.Equal(1 / 81.0, DoubleSpendRace.CatchUp(0.1, 2), 1e-15);
        Assert.Equal((0, 100), (DoubleSpendRace.Run(0, 1, 100).Wins, DoubleSpendRace.Run(0.1, 0, 100).Wins));
        Assert.Equal(0, DoubleSpendRace.ConfirmationsFor(0.3, 1) - 1);
        Assert.Equal(1, DoubleSpendRace.ConfirmationsFor(0));
    }

    [Fact]
    public void The_fewest_confirmations_are_just_enough()
    {
        foreach (var law in Enum.GetValues<RaceLaw>())
        {
            var z = DoubleSpendRace.ConfirmationsFor(0.25, 1e-6, law);
            Assert.True(Chance(law, z) < 1e-6 && Chance(law, z - 1) >= 1e-6);
        }

        static double Chance(RaceLaw law, int z) => law == RaceLaw.Poisson ? DoubleSpendRace.AttackerSuccess(0.25, z) : DoubleSpendRace.ExactSuccess(0.25, z);
    }
}
