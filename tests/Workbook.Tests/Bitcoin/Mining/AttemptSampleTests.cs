using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Mining;

/// <summary>How many attempts mining takes follows the geometric law.</summary>
public sealed class AttemptSampleTests
{
    [Theory]
    [InlineData(8, 1)]
    [InlineData(10, 2)]
    [InlineData(12, 3)]
    public void Attempts_follow_the_geometric_law(int bits, ulong seed)
    {
        var sample = AttemptSample.Measure(bits, 1000, seed);
        Assert.InRange(sample.PValue, 0.01, 1);
        Assert.InRange(sample.Mean * sample.Chance, 0.9, 1.1);
    }

    [Fact]
    public void The_law_of_another_difficulty_is_refused()
    {
        var sample = AttemptSample.Measure(10, 1000, seed: 2);
        Assert.InRange(new AttemptSample(9, sample.Attempts).PValue, 0, 1e-9);
        Assert.InRange(new AttemptSample(11, sample.Attempts).PValue, 0, 1e-9);
    }

    [Fact]
    public void Of_twenty_samples_few_are_far_from_the_law() =>
        Assert.InRange(Enumerable.Range(0, 20).Count(seed => AttemptSample.Measure(9, 200, (ulong)seed + 100).PValue < 0.1), 0, 6);

    [Fact]
    public void The_distance_is_that_of_the_farthest_step()
    {
        Assert.Equal(0.5, new AttemptSample(1, [1]).Distance, 12);
        // The law at 1, 2 and 3 attempts: 1/2, 3/4, 7/8; the sample: 0, 1/2, 1.
        Assert.Equal(0.5, new AttemptSample(1, [2, 3]).Distance, 12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_sample_and_another_gives_another()
    {
        Assert.Equal(AttemptSample.Measure(6, 50, 4).Attempts, AttemptSample.Measure(6, 50, 4).Attempts);
        Assert.NotEqual(AttemptSample.Measure(6, 50, 4).Attempts, AttemptSample.Measure(6, 50, 5).Attempts);
    }

    [Fact]
    public void The_pictures_hold_the_sample_and_the_law()
    {
        var sample = AttemptSample.Measure(6, 200, 1);
        foreach (var figure in new[] { sample.Distribution(), sample.Histogram() })
        {
            Assert.Contains("Attempts of 200 headers at 6 bits of zero", figure.Alt, StringComparison.Ordinal);
            var names = figure.ToJsonObject()["data"]!.AsArray().Select(trace => (string?)trace!["name"]);
            Assert.Equal(["mined", "geometric law"], names);
        }

        var histogram = sample.Histogram().ToJsonObject()["data"]!.AsArray();
        Assert.Equal(200, histogram[0]!["y"]!.AsArray().Sum(height => (double)height!));
        Assert.InRange(histogram[1]!["y"]!.AsArray().Sum(height => (double)height!), 150, 200);
        Assert.StartsWith("200 headers at 6 bits: mean ", $"{sample}", StringComparison.Ordinal);
    }
}
