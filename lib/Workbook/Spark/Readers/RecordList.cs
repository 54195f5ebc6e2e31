using System.Buffers;
using System.Runtime.CompilerServices;

namespace Workbook.Spark.Readers;

/// <summary>
/// Records of which nobody knows how many will come: chunks lent by the pool, copied once into an array of the right length. (A list that doubles copies
/// twice as much, and each of its arrays is memory that must be asked for and cleared.)
/// </summary>
internal sealed class RecordList<T>
{
    private const int FirstChunk = 64;
    private const int LargestChunk = 16 * 1024;
    private readonly List<T[]> _full = [];
    private T[] _chunk = [];
    private int _used;
    private long _inFull;

    public long Count => _inFull + _used;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T record)
    {
        if (_used == _chunk.Length) NextChunk();
        _chunk[_used++] = record;
    }

    public void Add(ReadOnlySpan<T> records)
    {
        while (!records.IsEmpty)
        {
            if (_used == _chunk.Length) NextChunk();
            var some = Math.Min(records.Length, _chunk.Length - _used);
            records[..some].CopyTo(_chunk.AsSpan(_used));
            _used += some;
            records = records[some..];
        }
    }

    /// <summary>All records as an array. The list is empty afterwards.</summary>
    public T[] TakeArray()
    {
        if (Count > Array.MaxLength) throw new SparkException($"A partition has more than {Array.MaxLength:N0} records: use more partitions.");
        var all = Count == 0 ? [] : GC.AllocateUninitializedArray<T>((int)Count);
        var at = 0;
        foreach (var chunk in _full)
        {
            chunk.CopyTo(all, at);
            at += chunk.Length;
            GiveBack(chunk);
        }

        _chunk.AsSpan(0, _used).CopyTo(all.AsSpan(at));
        if (_chunk.Length > 0) GiveBack(_chunk);
        _full.Clear();
        (_chunk, _used, _inFull) = ([], 0, 0);
        return all;
    }

    private void NextChunk()
    {
        if (_chunk.Length > 0)
        {
            _full.Add(_chunk);
            _inFull += _chunk.Length;
        }

        _chunk = ArrayPool<T>.Shared.Rent((int)Math.Clamp(Count, FirstChunk, LargestChunk));
        _used = 0;
    }

    private static void GiveBack(T[] chunk) => ArrayPool<T>.Shared.Return(chunk, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
}
