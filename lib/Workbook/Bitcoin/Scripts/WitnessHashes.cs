using System.Buffers.Binary;

namespace Workbook.Bitcoin;

/// <summary>
/// The hashes that are the same for all inputs of a transaction (BIP 143): without them, to check a large one takes time with the square of its
/// size.
/// </summary>
internal sealed class WitnessHashes(Transaction transaction)
{
    private readonly Lazy<Hash256> _previous = new(() => OfPrevious(transaction));
    private readonly Lazy<Hash256> _sequences = new(() => OfSequences(transaction));
    private readonly Lazy<Hash256> _outputs = new(() => Of(transaction.Outputs));

    /// <summary>Of the outputs that are spent.</summary>
    public Hash256 Previous => _previous.Value;

    /// <summary>Of the sequence numbers.</summary>
    public Hash256 Sequences => _sequences.Value;

    /// <summary>Of the outputs.</summary>
    public Hash256 Outputs => _outputs.Value;

    public static Hash256 Of(IReadOnlyList<TxOutput> outputs)
    {
        var bytes = new byte[outputs.Sum(output => output.Size)];
        var writer = new ByteWriter(bytes);
        foreach (var output in outputs) output.Write(ref writer);
        return Hash256.Twice(bytes);
    }

    private static Hash256 OfPrevious(Transaction transaction)
    {
        var bytes = new byte[transaction.Inputs.Count * OutPoint.Size];
        var writer = new ByteWriter(bytes);
        foreach (var input in transaction.Inputs) writer.OutPoint(input.Previous);
        return Hash256.Twice(bytes);
    }

    private static Hash256 OfSequences(Transaction transaction)
    {
        var bytes = new byte[transaction.Inputs.Count * sizeof(uint)];
        for (var index = 0; index < transaction.Inputs.Count; index++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(sizeof(uint) * index), transaction.Inputs[index].Sequence);
        return Hash256.Twice(bytes);
    }
}
