using Workbook.MapReduce.Real;

namespace Workbook.MapReduce;

public static partial class KeyRanges
{
    /// <summary>
    /// Borders from a sample of the files themselves (§5.3): the lines that follow some thousand places, evenly spread.
    /// The same files give the same borders.
    /// </summary>
    /// <param name="files">The input files of the job to come.</param>
    /// <param name="reducers">R.</param>
    /// <param name="keyLength">How many bytes of a line are its key.</param>
    /// <param name="places">How many places to look at.</param>
    /// <exception cref="MapReduceException">A file is missing or cannot be read, or R is less than 1.</exception>
    public static IReadOnlyList<ByteString> Sample(IEnumerable<string> files, int reducers, int keyLength = 10, int places = 10_000)
    {
        var names = files.ToList();
        var total = names.Sum(InputFiles.LengthOf);
        var step = Math.Max(1, total / places);
        return Borders(names.SelectMany(name => InputFiles.LinesAt(name, step, keyLength)), reducers);
    }
}
