namespace Workbook.Bitcoin;

/// <summary>The bytes of a transaction, in its first form and in the witness form of BIP 144.</summary>
public sealed partial record Transaction
{
    /// <summary>The fewest bytes that a transaction takes.</summary>
    internal const int Smallest = 4 + 1 + 1 + 4;

    // Where the count of inputs would stand: none, which cannot be, and then a flag.
    private const byte Marker = 0;
    private const byte WitnessFlag = 1;

    /// <summary>How many bytes it has without witnesses.</summary>
    public int StrippedSize =>
        8 + CompactSize.Length((ulong)Inputs.Count) + Inputs.Sum(input => input.Size)
        + CompactSize.Length((ulong)Outputs.Count) + Outputs.Sum(output => output.Size);

    /// <summary>How many bytes it has.</summary>
    public int Size => StrippedSize + (HasWitness ? 2 + Inputs.Sum(input => input.Witness.Size) : 0);

    /// <summary>Four for each byte outside of witnesses and one for each byte of them (BIP 141).</summary>
    public int Weight => (3 * StrippedSize) + Size;

    /// <summary>A quarter of the weight, rounded up: what fees are counted by.</summary>
    public int VirtualSize => (Weight + 3) / 4;

    /// <summary>A transaction of its bytes, in either form.</summary>
    /// <exception cref="BitcoinException">The bytes are no transaction; the message says where and what was expected.</exception>
    public static Transaction Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var transaction = Read(ref reader);
        reader.End("the transaction");
        return transaction;
    }

    /// <summary>A transaction in hexadecimal.</summary>
    /// <exception cref="BitcoinException">The digits are no transaction.</exception>
    public static Transaction Parse(string hex) => Parse(Hex.Parse(hex));

    /// <summary>The bytes: in the witness form if there are witnesses, and they are wanted.</summary>
    public byte[] ToBytes(bool withWitness = true)
    {
        var bytes = new byte[withWitness ? Size : StrippedSize];
        var writer = new ByteWriter(bytes);
        Write(ref writer, withWitness);
        return bytes;
    }

    /// <summary>The bytes in hexadecimal.</summary>
    public string ToHex() => Hex.Of(ToBytes());

    internal static Transaction Read(ref ByteReader reader)
    {
        var version = reader.Int32("the transaction's version");
        var hasWitness = reader.Peek() == Marker && reader.Peek(1) > 0;
        if (hasWitness)
        {
            reader.Byte("the marker of the witness form");
            if (reader.Peek() != WitnessFlag) throw reader.Wrong(BitcoinError.WitnessForm, $"expected the flag 1 of the witness form; the flag {reader.Peek()} has no meaning yet");
            reader.Byte("the flag of the witness form");
        }

        var inputs = new TxInput[reader.Count(TxInput.Smallest, "the transaction's inputs")];
        for (var index = 0; index < inputs.Length; index++) inputs[index] = TxInput.Read(ref reader);
        var outputs = new TxOutput[reader.Count(TxOutput.Smallest, "the transaction's outputs")];
        for (var index = 0; index < outputs.Length; index++) outputs[index] = TxOutput.Read(ref reader);
        if (hasWitness) ReadWitnesses(ref reader, inputs);
        return new Transaction(inputs, outputs, version, reader.UInt32("the transaction's lock time"));
    }

    internal void Write(ref ByteWriter writer, bool withWitness = true)
    {
        withWitness &= HasWitness;
        writer.Int32(Version);
        if (withWitness)
        {
            writer.Byte(Marker);
            writer.Byte(WitnessFlag);
        }

        writer.Count(Inputs.Count);
        foreach (var input in Inputs) input.Write(ref writer);
        writer.Count(Outputs.Count);
        foreach (var output in Outputs) output.Write(ref writer);
        if (withWitness)
        {
            foreach (var input in Inputs) input.Witness.Write(ref writer);
        }

        writer.UInt32(LockTime);
    }

    private static void ReadWitnesses(ref ByteReader reader, TxInput[] inputs)
    {
        var any = false;
        for (var index = 0; index < inputs.Length; index++)
        {
            var witness = Witness.Read(ref reader);
            if (witness.Count == 0) continue;
            inputs[index] = inputs[index] with { Witness = witness };
            any = true;
        }

        if (!any) throw reader.Wrong(BitcoinError.WitnessForm, "the transaction has the witness form, but no input has a witness; then the other form is the only one allowed");
    }
}
