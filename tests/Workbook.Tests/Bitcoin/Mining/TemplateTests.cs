using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Mining;

/// <summary>Mining on when the nonces of a header are used up.</summary>
public sealed class TemplateTests
{
    private static readonly CompactTarget Target = new(0x1f00ffff);

    [Fact]
    public void Each_header_of_a_template_is_used_up_before_the_next()
    {
        var options = new MiningOptions { Range = new(0, 5000) };
        var mined = Miner.Mine(Header, options);

        Assert.InRange(mined.ExtraNonce, 1, 1000);
        for (var extra = 0L; extra < mined.ExtraNonce; extra++) Assert.Null(Miner.Mine(Header(extra), options).Nonce);
        Assert.Equal(Miner.Mine(Header(mined.ExtraNonce), options).Nonce, mined.Nonce);
        Assert.Equal((5000 * mined.ExtraNonce) + mined.Nonce + 1, mined.Attempts);
        Assert.Equal(Header(mined.ExtraNonce) with { Nonce = mined.Nonce!.Value }, mined.Header);
        Assert.True(mined.Header.HasProofOfWork);
    }

    [Fact]
    public void A_template_whose_nonces_never_run_out_is_asked_once()
    {
        var asked = new List<long>();
        var mined = Miner.Mine(extra =>
        {
            asked.Add(extra);
            return Header(extra);
        });
        Assert.Equal([0L], asked);
        Assert.Equal((0, Miner.Mine(Header(0)).Nonce), (mined.ExtraNonce, mined.Nonce));
    }

    [Fact]
    public void A_template_that_cannot_be_mined_is_given_up_when_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var options = new MiningOptions { Range = new(0, 100) };
        Assert.Throws<OperationCanceledException>(() => Miner.Mine(
            extra =>
            {
                if (extra == 3) cancel.Cancel();
                return Header(extra) with { Bits = new CompactTarget(0x03000001) };
            },
            options,
            cancel.Token));
    }

    [Fact]
    public void An_empty_range_cannot_be_mined_with_any_extra_nonce() => Assert.Contains(
        "empty range", Assert.Throws<ArgumentException>(() => Miner.Mine(Header, new MiningOptions { Range = new(3, 3) })).Message, StringComparison.Ordinal);

    private static BlockHeader Header(long extra) => MiningHeaders.FirstBlock with { Bits = Target, Time = 1231006505 + (uint)extra };
}
