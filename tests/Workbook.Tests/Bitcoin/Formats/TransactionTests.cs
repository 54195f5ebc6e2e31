using Workbook.Bitcoin;
using Workbook.Sim;

namespace Workbook.Tests.Bitcoin.Formats;

public sealed class TransactionTests
{
    /// <summary>The signed transaction of BIP 143's first example: one input in the first form, one with a witness.</summary>
    private const string Witnessed = "01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f00000000494830450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3be"
        + "bf337f7a55d114c8e5cdd30be022040529b194ba3f9281a99f2b1c0a19c0489bc22ede944ccf4ecbab4cc618ef3ed01eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9"
        + "b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d5"
        + "0ce2f0167faa815988ac000247304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0d5447a12fb1366d7f01cc44a0220573a954c4518331561406f90300e8f3358f51928d43c212a8c"
        + "aed02de67eebee0121025476c2e83188368da1ff3e292e7acafcdb3566bb0ad253f62fc70f07aeee635711000000";

    [Fact]
    public void The_witness_form_is_read_and_written_byte_for_byte()
    {
        var transaction = Transaction.Parse(Witnessed);

        Assert.Equal(Witnessed, transaction.ToHex());
        Assert.True(transaction.HasWitness);
        Assert.Equal((0, 2), (transaction.Inputs[0].Witness.Count, transaction.Inputs[1].Witness.Count));
        Assert.Equal(17u, transaction.LockTime);
        Assert.Equal(0xffffffeeu, transaction.Inputs[0].Sequence);
        Assert.NotEqual(transaction.Txid, transaction.Wtxid);
        Assert.Equal(transaction.Txid, Transaction.Parse(transaction.ToBytes(withWitness: false)).Wtxid);
        Assert.Equal(Witnessed.Length / 2, transaction.Size);
        Assert.Equal((3 * transaction.StrippedSize) + transaction.Size, transaction.Weight);
        Assert.Equal((transaction.Weight + 3) / 4, transaction.VirtualSize);
    }

    [Fact]
    public void A_copy_that_differs_has_an_id_of_its_own()
    {
        var transaction = Transaction.Parse(Witnessed);
        var (txid, wtxid) = (transaction.Txid, transaction.Wtxid);
        var later = transaction with { LockTime = 18 };
        var bare = transaction with { Inputs = [.. transaction.Inputs.Select(input => input with { Witness = Witness.Empty })] };

        Assert.NotEqual(txid, later.Txid);
        Assert.Equal((txid, txid), (bare.Txid, bare.Wtxid));
        Assert.NotEqual(transaction, bare);
        Assert.Equal(transaction, Transaction.Parse(Witnessed));
        Assert.Equal(wtxid, transaction.Wtxid);
    }

    [Fact]
    public void Bytes_that_end_too_soon_are_refused_wherever_they_end()
    {
        var bytes = Hex.Parse(Witnessed);
        for (var length = 0; length < bytes.Length; length++)
        {
            var refused = Assert.Throws<BitcoinException>(() => Transaction.Parse(bytes.AsSpan(0, length)));
            Assert.Contains(refused.Error, (BitcoinError[])[BitcoinError.Truncated, BitcoinError.CountTooLarge, BitcoinError.WitnessForm]);
            Assert.StartsWith($"Byte {refused.Position}: ", refused.Message);
            Assert.InRange(refused.Position!.Value, 0, length);
        }
    }

    [Theory]
    [InlineData("01000000fdfc00", BitcoinError.NotMinimal,
        "Byte 4: the size of the transaction's inputs, 252, is written in 3 bytes; 1 is enough, and only the shortest form is allowed.")]
    [InlineData("01000000feffff0000", BitcoinError.NotMinimal,
        "Byte 4: the size of the transaction's inputs, 65535, is written in 5 bytes; 3 are enough, and only the shortest form is allowed.")]
    [InlineData("01000000ffffffffff00000000", BitcoinError.NotMinimal,
        "Byte 4: the size of the transaction's inputs, 4294967295, is written in 9 bytes; 5 are enough, and only the shortest form is allowed.")]
    [InlineData("01000000ffffffffffffffffff00", BitcoinError.CountTooLarge, "Byte 4: the size of the transaction's inputs is 18446744073709551615, but only 1 byte follows.")]
    [InlineData("01000000fdffff", BitcoinError.CountTooLarge, "Byte 4: the size of the transaction's inputs is 65535, but only 0 bytes follow.")]
    [InlineData("0100000000020000000000", BitcoinError.WitnessForm, "Byte 5: expected the flag 1 of the witness form; the flag 2 has no meaning yet.")]
    [InlineData("010000000001000000000000", BitcoinError.WitnessForm,
        "Byte 8: the transaction has the witness form, but no input has a witness; then the other form is the only one allowed.")]
    [InlineData("010000000000000000000000", BitcoinError.Overlong, "Byte 10: expected the end of the transaction; 2 more bytes follow.")]
    [InlineData("01000000fd", BitcoinError.Truncated, "Byte 5: expected the size of the transaction's inputs, 2 bytes; the bytes end here.")]
    public void What_is_no_transaction_is_refused_with_its_place(string hex, BitcoinError error, string why)
    {
        var refused = Assert.Throws<BitcoinException>(() => Transaction.Parse(hex));

        Assert.Equal((error, why), (refused.Error, refused.Message));
    }

    [Fact]
    public void A_promise_of_gigabytes_allocates_nothing()
    {
        foreach (var hex in (string[])["01000000feffffff7f", "0100000001" + new string('0', 72) + "ffffffffffffffff7f", "010000000001feffffffff", "01000000ffffffffffffffffff"])
        {
            var bytes = Hex.Parse(hex);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.ThrowsAny<BitcoinException>(() => Transaction.Parse(bytes));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        }
    }

    [Fact]
    public void Random_bytes_are_read_back_as_written_or_refused()
    {
        var (random, read) = (new Rng(19), 0);
        var original = Hex.Parse(Witnessed);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = round % 2 == 0 ? original.ToArray() : new byte[random.Next(200)];
            if (round % 2 == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            else for (var index = 0; index < bytes.Length; index++) bytes[index] = (byte)(random.Next(3) == 0 ? random.Next(256) : random.Next(3));
            try
            {
                Assert.Equal(bytes, Transaction.Parse(bytes).ToBytes());
                read++;
            }
            catch (BitcoinException refused)
            {
                Assert.NotNull(refused.Position);
            }
        }

        Assert.InRange(read, 1_000, 19_000);
    }

    [Fact]
    public void Random_transactions_are_read_back_as_they_were()
    {
        var random = new Rng(7);
        for (var round = 0; round < 300; round++)
        {
            var transaction = Random(random);
            var again = Transaction.Parse(transaction.ToBytes());

            Assert.Equal(transaction.ToHex(), again.ToHex());
            Assert.Equal(transaction.Inputs, again.Inputs);
            Assert.Equal(transaction.Outputs, again.Outputs);
            Assert.Equal((transaction.Txid, transaction.Wtxid, transaction.Size), (again.Txid, again.Wtxid, again.ToBytes().Length));
        }
    }

    [Fact]
    public void What_is_wrong_by_itself_is_named()
    {
        var good = Transaction.Parse(Witnessed);
        var (input, output) = (good.Inputs[0], good.Outputs[0]);
        (Transaction Transaction, BitcoinError Error)[] wrong =
        [
            (good with { Inputs = [] }, BitcoinError.NoInputs),
            (good with { Outputs = [] }, BitcoinError.NoOutputs),
            (good with { Inputs = [input, good.Inputs[1], input with { Sequence = 1 }] }, BitcoinError.DuplicateInput),
            (good with { Inputs = [input, input with { Previous = OutPoint.Null }] }, BitcoinError.NullOutPoint),
            (good with { Outputs = [output with { Amount = -1 }] }, BitcoinError.Amount),
            (good with { Outputs = [output with { Amount = Money.Most + 1 }] }, BitcoinError.Amount),
            (good with { Outputs = [output with { Amount = Money.Most }, output] }, BitcoinError.Amount),
            (good with { Outputs = [output with { Amount = long.MaxValue }, output with { Amount = long.MaxValue }] }, BitcoinError.Amount),
            (good with { Outputs = [output with { ScriptPubKey = new Script(new byte[1_000_000]) }] }, BitcoinError.Weight),
            (good with { Inputs = [new TxInput(OutPoint.Null, Script.FromHex("01"))] }, BitcoinError.Coinbase),
            (good with { Inputs = [new TxInput(OutPoint.Null, new Script(new byte[101]))] }, BitcoinError.Coinbase),
        ];

        Assert.Null(good.Fault());
        Assert.All(wrong, one => Assert.Equal(one.Error, one.Transaction.Fault()?.Error));
        Assert.Equal($"Transaction {wrong[4].Transaction.Txid} pays -0.00000001 BTC in output 0; an amount is from 0 to 21,000,000 BTC.", wrong[4].Transaction.Fault()?.Message);
    }

    private static Transaction Random(Rng random)
    {
        var inputs = Enumerable.Range(0, 1 + random.Next(4)).Select(_ =>
            new TxInput(new OutPoint(Hash256.Twice(Bytes(8)), (uint)random.Next(9)), Some(300), Number())
            {
                Witness = random.Next(3) > 0 ? Witness.Empty : new Witness(Enumerable.Range(0, random.Next(5)).Select(_ => (ReadOnlyMemory<byte>)Bytes(400))),
            });
        var outputs = Enumerable.Range(0, random.Next(4)).Select(_ => new TxOutput((long)random.NextUInt64(), Some(60)));
        return new Transaction([.. inputs], [.. outputs], random.Next(5), Number());

        uint Number() => (uint)random.NextUInt64();

        Script Some(int most) => new(Bytes(most));

        byte[] Bytes(int most) => [.. Enumerable.Range(0, random.Next(most)).Select(_ => (byte)random.Next(256))];
    }
}
