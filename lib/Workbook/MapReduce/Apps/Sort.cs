namespace Workbook.MapReduce;

public static partial class Jobs
{
    /// <summary>
    /// Sorts lines by their first bytes (§5.3: ten of the hundred). Reduce task 0 gets the smallest keys and so on, so the output
    /// files one after the other are the sorted input; lines with equal keys stay in their order.
    /// </summary>
    /// <param name="borders">The keys that part the reduce tasks: R − 1 of them, sorted. See <see cref="KeyRanges.Borders"/>.</param>
    /// <param name="keyLength">How many bytes of a line are its key; a shorter line is all key.</param>
    public static Job<ByteString, ByteString, ByteString> Sort(IReadOnlyList<ByteString> borders, int keyLength = 10) => Job
        .Map((Line line, Emit<ByteString, ByteString> emit) =>
            emit(line.Bytes.Slice(0, Math.Min(keyLength, line.Bytes.Length)), line.Bytes))
        .PartitionBy((key, reducers) => KeyRanges.RangeOf(key, borders, reducers))
        .Identity()
        .WithoutKeys();
}
