using System.Numerics;
using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Mining;

/// <summary>What a miner tells while it works, and how it is stopped.</summary>
public sealed class MiningProgressTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Progress_never_goes_back_and_ends_at_the_end(int threads)
    {
        var told = new Told();
        var options = new MiningOptions { Range = new(0, 1_000_000), Threads = threads, Progress = told, ProgressInterval = TimeSpan.Zero };
        var mined = Miner.Mine(MiningHeaders.FirstBlock, 200, options);

        Assert.Equal(17, told.All.Count);
        Assert.All(told.All.Zip(told.All.Skip(1)), pair =>
        {
            Assert.True(pair.First.Hashes <= pair.Second.Hashes, $"{pair.First} came before {pair.Second}.");
            Assert.True(pair.First.Elapsed <= pair.Second.Elapsed, $"{pair.First} came before {pair.Second}.");
        });
        Assert.All(told.All, each => Assert.InRange(each.Hashes, 1, each.Total));
        Assert.Equal((mined.Hashes, mined.Elapsed), (told.All[^1].Hashes, told.All[^1].Elapsed));
        Assert.Equal((1_000_000, TimeSpan.Zero), (told.All[^1].Hashes, told.All[^1].TimeLeft));
    }

    [Fact]
    public void Rates_and_times_follow_from_hashes()
    {
        var progress = new MiningProgress(2_000_000, 6_000_000, TimeSpan.FromSeconds(2), 1e-7);
        Assert.Equal(1e6, progress.Rate);
        Assert.Equal(TimeSpan.FromSeconds(4), progress.TimeLeft);
        Assert.Equal(TimeSpan.FromSeconds(10), progress.MeanTimeToFind);
        Assert.Equal(TimeSpan.MaxValue, (progress with { Chance = 1e-70 }).MeanTimeToFind);
        Assert.Equal(TimeSpan.MaxValue, (progress with { Elapsed = TimeSpan.Zero }).TimeLeft);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_cancelled_search_stops_and_nothing_keeps_running(int threads)
    {
        using var cancel = new CancellationTokenSource();
        var told = new Told { Then = cancel.Cancel };
        var options = new MiningOptions { Threads = threads, Progress = told, ProgressInterval = TimeSpan.Zero };
        var run = new MiningRun(new HeaderWork(MiningHeaders.FirstBlock.ToBytes()), TargetWords.LeadingZeroBits(255), options.Checked(), cancel.Token);
        var stopped = Assert.Throws<OperationCanceledException>(run.ToEnd);
        var (hashes, tellings) = (run.Hashes, told.All.Count);

        Assert.Equal(cancel.Token, stopped.CancellationToken);
        Miner.Mine(MiningHeaders.FirstBlock, 255, new MiningOptions { Range = new(0, 500_000), Threads = 1 });
        Assert.Equal((hashes, tellings), (run.Hashes, told.All.Count));
        Assert.InRange(hashes, 1, 1L << 30);
    }

    [Fact]
    public void A_search_cancelled_beforehand_hashes_nothing()
    {
        var work = new HeaderWork(MiningHeaders.FirstBlock.ToBytes());
        var run = new MiningRun(work, TargetWords.Of(BigInteger.One), new MiningOptions().Checked(), new CancellationToken(canceled: true));
        Assert.Throws<OperationCanceledException>(run.ToEnd);
        Assert.Equal(0, run.Hashes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_the_listener_throws_ends_the_search(int threads)
    {
        var told = new Told { Then = () => throw new FormatException("heard enough") };
        var options = new MiningOptions { Threads = threads, Progress = told, ProgressInterval = TimeSpan.Zero };
        Assert.Equal("heard enough", Assert.Throws<FormatException>(() => Miner.Mine(MiningHeaders.FirstBlock, 255, options)).Message);
    }

    private sealed class Told : IProgress<MiningProgress>
    {
        public List<MiningProgress> All { get; } = [];

        public Action? Then { get; init; }

        public void Report(MiningProgress value)
        {
            All.Add(value);
            Then?.Invoke();
        }
    }
}
