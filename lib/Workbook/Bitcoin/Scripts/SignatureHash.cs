namespace Workbook.Bitcoin;

/// <summary>What of a transaction a signature signs: the last byte of the signature.</summary>
[Flags]
public enum SignatureHashType
{
    /// <summary>All inputs and all outputs.</summary>
    All = 1,

    /// <summary>All inputs, and no output: anybody may say where the money goes.</summary>
    None = 2,

    /// <summary>All inputs, and the output with the input's own number.</summary>
    Single = 3,

    /// <summary>With one of the others: of the inputs only this one, so that anybody may add more.</summary>
    AnyoneCanPay = 0x80,
}

/// <summary>
/// The hash that a signature of an input signs: of the transaction as the type of the signature leaves it. The first way, which is
/// as the first client did it, mistakes and all, and that of witness programs (BIP 143), which also signs the amount.
/// </summary>
public static class SignatureHash
{
    private const int TypeMask = 0x1f;

    /// <summary>The hash in the first way.</summary>
    /// <param name="transaction">The transaction that spends.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="script">What stands for the script of the output: from the last OP_CODESEPARATOR on.</param>
    /// <param name="type">The type: any number, of which the bits of <see cref="SignatureHashType"/> count and all are signed.</param>
    /// <returns>The number 1, for an input without an output of its number where that is what is signed: a mistake that is now a rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    public static Hash256 Legacy(Transaction transaction, int input, ReadOnlySpan<byte> script, int type)
    {
        Known(transaction, input);
        if (IsSingle(type) && input >= transaction.Outputs.Count) return Hash256.Parse($"{1:x64}");
        script = Script.Without(script, [(byte)Opcode.OP_CODESEPARATOR], out _);
        var onlyThis = IsAnyoneCanPay(type);
        var inputs = onlyThis ? 1 : transaction.Inputs.Count;
        var outputs = IsNone(type) ? 0 : IsSingle(type) ? input + 1 : transaction.Outputs.Count;

        var bytes = new byte[12 + CompactSize.Length((ulong)inputs) + (inputs * (OutPoint.Size + 5)) + CompactSize.Sized(script.Length)
            + CompactSize.Length((ulong)outputs) + transaction.Outputs.Take(outputs).Sum(output => output.Size + 9)];
        var writer = new ByteWriter(bytes);
        writer.Int32(transaction.Version);
        writer.Count(inputs);
        for (var index = 0; index < transaction.Inputs.Count; index++)
        {
            if (onlyThis && index != input) continue;
            var one = transaction.Inputs[index];
            writer.OutPoint(one.Previous);
            writer.Sized(index == input ? script : default);
            writer.UInt32(index != input && (IsNone(type) || IsSingle(type)) ? 0 : one.Sequence);
        }

        writer.Count(outputs);
        for (var index = 0; index < outputs; index++)
            (IsSingle(type) && index != input ? Blank : transaction.Outputs[index]).Write(ref writer);
        writer.UInt32(transaction.LockTime);
        writer.Int32(type);
        return Hash256.Twice(bytes.AsSpan(0, writer.Position));
    }

    /// <summary>The hash in the way of witness programs of version 0 (BIP 143).</summary>
    /// <param name="transaction">The transaction that spends.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="script">What stands for the script of the output: from the last OP_CODESEPARATOR on.</param>
    /// <param name="amount">What the output that is spent holds, in satoshis: a signer that is lied to signs nothing that is of use.</param>
    /// <param name="type">The type: any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    public static Hash256 Witness(Transaction transaction, int input, ReadOnlySpan<byte> script, long amount, int type) =>
        Witness(transaction, input, script, amount, type, new WitnessHashes(transaction));

    internal static Hash256 Witness(Transaction transaction, int input, ReadOnlySpan<byte> script, long amount, int type, WitnessHashes hashes)
    {
        Known(transaction, input);
        var one = transaction.Inputs[input];
        var isAll = !IsNone(type) && !IsSingle(type);
        var bytes = new byte[156 + CompactSize.Sized(script.Length)];
        var writer = new ByteWriter(bytes);
        writer.Int32(transaction.Version);
        writer.Hash(IsAnyoneCanPay(type) ? Hash256.Zero : hashes.Previous);
        writer.Hash(isAll && !IsAnyoneCanPay(type) ? hashes.Sequences : Hash256.Zero);
        writer.OutPoint(one.Previous);
        writer.Sized(script);
        writer.Int64(amount);
        writer.UInt32(one.Sequence);
        writer.Hash(isAll ? hashes.Outputs
            : IsSingle(type) && input < transaction.Outputs.Count ? WitnessHashes.Of([transaction.Outputs[input]]) : Hash256.Zero);
        writer.UInt32(transaction.LockTime);
        writer.Int32(type);
        return Hash256.Twice(bytes);
    }

    /// <summary>Stands for an output that is not signed.</summary>
    private static TxOutput Blank { get; } = new(-1, Script.Empty);

    private static bool IsNone(int type) => (type & TypeMask) == (int)SignatureHashType.None;

    private static bool IsSingle(int type) => (type & TypeMask) == (int)SignatureHashType.Single;

    private static bool IsAnyoneCanPay(int type) => (type & (int)SignatureHashType.AnyoneCanPay) != 0;

    private static void Known(Transaction transaction, int input)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (input < 0 || input >= transaction.Inputs.Count)
            throw new ArgumentOutOfRangeException(nameof(input), $"The transaction has {transaction.Inputs.Count} inputs; there is no input {input}.");
    }
}
