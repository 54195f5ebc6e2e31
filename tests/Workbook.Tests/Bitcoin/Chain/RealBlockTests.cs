using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Chain;

/// <summary>Blocks of the main network under its own rules.</summary>
public sealed class RealBlockTests
{
    private readonly BlockChain _chain = new(ChainRules.Main);

    [Fact]
    public void The_first_blocks_connect_in_a_row()
    {
        Assert.Equal(BlockOutcome.Extended, _chain.Add(BitcoinData.Block(1)).Outcome);
        Assert.Equal(BlockOutcome.Extended, _chain.Add(BitcoinData.Block(2)).Outcome);
        Assert.Equal("000000006a625f06636b8bb6ac7b960a8d03705d1ace08b1a19da3fdcc99ddbd", $"{_chain.Tip.Hash}");
        Assert.Equal((2, 100.Bitcoins()), (_chain.Unspent.Count, _chain.Unspent.Total));
        Assert.Equal(3 * 4295032833, (long)_chain.Tip.Work);
    }

    [Fact]
    public void A_block_whose_parent_is_not_known_waits_for_it()
    {
        Assert.Equal(BlockOutcome.Waiting, _chain.Add(BitcoinData.Block(170)).Outcome);
        Assert.Equal(BlockOutcome.Waiting, _chain.Add(BitcoinData.Block(2)).Outcome);
        Assert.Equal((0, 2), (_chain.Height, _chain.WaitingCount));

        var change = _chain.Add(BitcoinData.Block(1));
        Assert.Equal(BlockOutcome.Extended, change.Outcome);
        Assert.Equal([1, 2], change.Connected.Select(block => block.Height));
        Assert.Equal(1, _chain.WaitingCount);
    }

    [Fact]
    public void The_first_block_s_coin_is_not_to_be_had() => Assert.Equal(0, _chain.Unspent.Count);

    [Fact]
    public void A_real_block_with_a_byte_changed_is_refused()
    {
        var bytes = BitcoinData.Block(1).ToBytes();
        for (var place = 0; place < bytes.Length; place += 7)
        {
            byte[] changed = [.. bytes];
            changed[place] ^= 1;
            Block block;
            try
            {
                block = Block.Parse(changed);
            }
            catch (BitcoinException)
            {
                continue;
            }

            Assert.Equal(BlockOutcome.Refused, _chain.Add(block).Outcome);
        }

        Assert.Equal((0, 1), (_chain.Height, _chain.Tree.Blocks.Count));
    }
}
