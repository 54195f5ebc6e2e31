namespace Workbook.MapReduce.Tasks;

/// <summary>
/// Sorted pairs for one reduce task: the next <paramref name="Length"/> bytes of a stream. The format, here, in spill files and in
/// <c>mr-M-R</c> files: for each key in order of its bytes <c>length key length values</c>, where each value is again
/// <c>length bytes</c>. Lengths are written seven bits a byte, lowest first, the top bit set on all bytes but the last.
/// </summary>
internal readonly record struct Segment(Stream Stream, long Length);
