using System.Text.RegularExpressions;

namespace Workbook.MapReduce;

public static partial class Jobs
{
    /// <summary>The lines that match a regular expression (§2.3), each behind the name of its file, in the order of the file.</summary>
    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    public static Job<string, ByteString, ByteString> Grep(string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);
        return Job
            .Map((Line line, Emit<string, ByteString> emit) =>
            {
                if (regex.IsMatch(line.Text))
                    emit(line.File, line.Bytes);
            })
            .Identity();
    }
}
