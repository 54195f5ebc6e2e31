using Workbook.Bitcoin;

namespace Workbook.Tests.Bitcoin.Scripts;

public sealed class SignatureHashTests
{
    /// <summary>
    /// From the reference client's published list of random transactions: transaction, script, input, type, hash. Among them are types with
    /// unknown bits, scripts with OP_CODESEPARATOR, and inputs without an output of their number.
    /// </summary>
    public static TheoryData<string, string, int, int, string> Published => new()
    {
        {
            "fea256ce01272d125e577c0a09570a71366898280dda279b021000db1325f27edda41a53460100000002ab53c752c21c013c2b3a01000000000000000000",
            "65", 0, 1145543262, "076b9f844f6ae429de228a2c337c704df1652c292b6c6494882190638dad9efd"
        },
        {
            "24f24cd90132b2162f938f1c22d3ca5e7daa83515883f31a61a5177aebf99d7db6bdfc398c010000000163ffffffff01d5562d0100000000016300000000",
            "5265ac5165ac5252ab", 0, 1055129103, "5eeb03e03806cd7bfd44bbba69c30f84c2c5120df9e68cd8facc605fcfbc9693"
        },
        {
            "c33028b301d5093e1e8397270d75a0b009b2a6509a01861061ab022ca122a6ba935b8513320200000000ffffffff013bcf5a0500000000015200000000",
            "", 0, -513413204, "6b1459536f51482f5dbf42d7e561896557461e1e3b6bf67871e2b51faae2832c"
        },
        {
            "b240517501334021240427adb0b413433641555424f6d24647211e3e6bfbb22a8045cbda2f000000000071bac8630112717802000000000000000000",
            "6a5165abac52656551", 0, 1790414254, "2c8be597620d95abd88f9c1cf4967c1ae3ca2309f3afec8928058c9598660e9e"
        },
        {
            "2f7353dd02e395b0a4d16da0f7472db618857cd3de5b9e2789232952a9b154d249102245fd030000000151617fd88f103280b85b0a198198e438e7cab1a4c92ba5"
            + "8409709997cc7a65a619eb9eec3c0200000003636aabffffffff0397481c0200000000045300636a0dc97803000000000009d389030000000003ac6a53134007bb",
            "0000536552526a", 0, -1912746174, "30c4cd4bd6b291f7e9489cc4b4440a083f93a7664ea1f93e77a9597dab8ded9c"
        },
        {
            "d5c1b16f0248c60a3ddccf7ebd1b3f260360bbdf2230577d1c236891a1993725e262e1b6cb000000000363636affffffff0a32362cfe68d25b243a015fc9aa172e"
            + "a9c6b087c9e231474bb01824fd6bd8bc0300000005ab52ab516affffffff0420d9a70200000000045152656a45765d0000000000055252536a5277bad100000000"
            + "000252ab3f3f3803000000000463acac5200000000",
            "52636a52ab65", 1, 1305123906, "978dc178ecd03d403b048213d904653979d11c51730381c96c4208e3ea24243a"
        },
        {
            "32fa0b0804e6ea101e137665a041cc2350b794e59bf42d9b09088b01cde806ec1bbea077df0200000008515153650000006506a11c55904258fa418e57b88b1272"
            + "4b81153260d3f4c9f080439789a391ab147aabb0fa0000000007000052ac51ab510986f2a15c0d5e05d20dc876dd2dafa435276d53da7b47c393f20900e55f163b"
            + "97ce0b800000000008ab526a520065636a8087df7d4d9c985fb42308fb09dce704650719140aa6050e8955fa5d2ea46b464a333f870000000009636300636a6565"
            + "006affffffff01994a0d040000000002536500000000",
            "516563530065", 2, -163068286, "f58637277d2bc42e18358dc55f7e87e7043f5e33f4ce1fc974e715ef0d3d1c2a"
        },
        {
            "25ee54ef0187387564bb86e0af96baec54289ca8d15e81a507a2ed6668dc92683111dfb7a50100000004005263634cecf17d0429aa4d000000000007636a6aabab"
            + "5263daa75601000000000251ab4df70a01000000000151980a890400000000065253ac6a006377fd24e3",
            "65ab", 0, 797877378, "069f38fd5d47abff46f04ee3ae27db03275e9aa4737fa0d2f5394779f9654845"
        },
        {
            "6f62138301436f33a00b84a26a0457ccbfc0f82403288b9cbae39986b34357cb2ff9b889b302000000045253655335a7ff6701bac9960400000000086552ab6563"
            + "52635200000000",
            "6aac51", 0, 1444414211, "502a2435fd02898d2ff3ab08a3c19078414b32ec9b73d64a944834efc9dae10c"
        },
        {
            "5c45d09801bb4d8e7679d857b86b97697472d514f8b76d862460e7421e8617b15a2df217c6010000000863acacab6565006affffffff01156dbc03000000000952"
            + "ac63516551ac6aac00000000",
            "6aabac", 0, 1310125891, "270445ab77258ced2e5e22a6d0d8c36ac7c30fff9beefa4b3e981867b03fa0ad"
        },
        {
            "d3b7421e011f4de0f1cea9ba7458bf3486bee722519efab711a963fa8c100970cf7488b7bb0200000003525352dcd61b300148be5d05000000000000000000",
            "535251536aac536a", 0, -1960128125, "29aa6d2d752d3310eba20442770ad345b7f6a35f96161ede5f07b33e92053e2a"
        },
        {
            "009046a1023f266d0113556d604931374d7932b4d6a7952d08fbd9c9b87cbd83f4f4c178b4030000000452ac526346e73b438c4516c60edd5488023131f07acb5f"
            + "9ea1540b3e84de92f4e3c432289781ea4900000000046500655357dfd6da02baef910100000000026a007d101703000000000800516500abacac5100000000",
            "6aab6553ac", 0, -802456605, "f8757fbb4448ca34e0cd41b997685b37238d331e70316659a9cc9087d116169d"
        },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void The_hash_of_the_first_way_is_the_published_one(string transaction, string script, int input, int type, string hash)
    {
        var read = Transaction.Parse(transaction);

        Assert.Equal(transaction, read.ToHex());
        Assert.Equal(hash, $"{SignatureHash.Legacy(read, input, Hex.Parse(script), type)}");
    }

    /// <summary>BIP 143, native P2WPKH.</summary>
    [Fact]
    public void The_hash_of_witness_programs_is_the_one_of_BIP_143()
    {
        var transaction = Transaction.Parse("0100000002fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f0000000000eeffffffef51e1b804cc89d182d279655c3aa89e"
            + "815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143b"
            + "de42dbee7e4dbe6a21b2d50ce2f0167faa815988ac11000000");
        var script = Script.Of(Opcode.OP_DUP, Opcode.OP_HASH160,
            Ripemd160.Hash160(Hex.Parse("025476c2e83188368da1ff3e292e7acafcdb3566bb0ad253f62fc70f07aeee6357")), Opcode.OP_EQUALVERIFY, Opcode.OP_CHECKSIG).ToBytes();

        Assert.Equal("c37af31116d1b27caf68aae9e3ac82f1477929014d5b917657d0eb49478cb670",
            Hex.Of(SignatureHash.Witness(transaction, 1, script, 6.Bitcoins(), (int)SignatureHashType.All).ToBytes()));
    }

    /// <summary>A mistake that is now a rule: where there is no such output, what is signed is the number 1, whatever the transaction.</summary>
    [Fact]
    public void An_input_without_an_output_of_its_number_signs_the_number_1()
    {
        var payment = BitcoinData.Block(170).Transactions[1];
        var two = payment with { Inputs = [payment.Inputs[0], new TxInput(payment.Output(0), Script.Empty)], Outputs = [payment.Outputs[0]] };

        Assert.Equal($"{1:x64}", $"{SignatureHash.Legacy(two, 1, [], (int)SignatureHashType.Single)}");
        Assert.NotEqual($"{1:x64}", $"{SignatureHash.Legacy(two, 0, [], (int)SignatureHashType.Single)}");
        Assert.NotEqual($"{1:x64}", $"{SignatureHash.Witness(two, 1, [], 0, (int)SignatureHashType.Single)}");
    }

    [Theory]
    [InlineData(SignatureHashType.All, false, false, false)]
    [InlineData(SignatureHashType.None, false, true, true)]
    [InlineData(SignatureHashType.Single, false, false, true)]
    [InlineData(SignatureHashType.All | SignatureHashType.AnyoneCanPay, true, false, false)]
    [InlineData(SignatureHashType.None | SignatureHashType.AnyoneCanPay, true, true, true)]
    [InlineData(SignatureHashType.Single | SignatureHashType.AnyoneCanPay, true, false, true)]
    public void A_type_says_what_may_be_changed(SignatureHashType type, bool others, bool own, bool rest)
    {
        var old = BitcoinData.Block(100_000).Transactions;
        var signed = new Transaction([new TxInput(old[1].Output(0), Script.Empty), new TxInput(old[1].Output(1), Script.Empty)], old[2].Outputs);

        Assert.Equal(others, IsSame(signed with { Inputs = [signed.Inputs[0], new TxInput(old[3].Output(0), Script.Empty)] }));
        Assert.Equal(others, IsSame(signed with { Inputs = [signed.Inputs[0]] }));
        Assert.Equal(own, IsSame(signed with { Outputs = [signed.Outputs[0] with { Amount = 1 }, signed.Outputs[1]] }));
        Assert.Equal(rest, IsSame(signed with { Outputs = [signed.Outputs[0], signed.Outputs[1] with { Amount = 1 }] }));
        Assert.Equal(rest, IsSame(signed with { Outputs = [.. signed.Outputs, signed.Outputs[0]] }));
        Assert.False(IsSame(signed with { LockTime = 1 }));
        Assert.False(IsSame(signed with { Inputs = [signed.Inputs[0] with { Sequence = 1 }, signed.Inputs[1]] }));

        bool IsSame(Transaction changed)
        {
            var legacy = SignatureHash.Legacy(signed, 0, [0x51], (int)type) == SignatureHash.Legacy(changed, 0, [0x51], (int)type);
            Assert.Equal(legacy, SignatureHash.Witness(signed, 0, [0x51], 5, (int)type) == SignatureHash.Witness(changed, 0, [0x51], 5, (int)type));
            return legacy;
        }
    }

    [Fact]
    public void A_witness_signs_the_amount()
    {
        var payment = BitcoinData.Block(170).Transactions[1];

        Assert.NotEqual(SignatureHash.Witness(payment, 0, [0x51], 5, 1), SignatureHash.Witness(payment, 0, [0x51], 6, 1));
    }
}
