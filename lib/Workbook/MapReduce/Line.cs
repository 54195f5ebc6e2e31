namespace Workbook.MapReduce;

/// <summary>One line of the input: what a map function is called with. Its line break (LF or CRLF) is not part of it.</summary>
public readonly struct Line
{
    internal Line(string file, long offset, ByteString bytes)
    {
        File = file;
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>The file it stands in, as it was named to the job.</summary>
    public string File { get; }

    /// <summary>Where in the file it begins, in bytes from 0. (Its number would need all earlier splits to be counted first.)</summary>
    public long Offset { get; }

    /// <summary>Its bytes: a view of the input that holds until the map function returns.</summary>
    public ByteString Bytes { get; }

    /// <summary>Its text, the bytes read as UTF-8.</summary>
    public string Text => Bytes.ToString();

    /// <summary>
    /// Its words. A word is the longest run of letters: A to Z, a to z, and every character outside ASCII. Not lower-cased.
    /// </summary>
    public Words Words() => new(Bytes);

    /// <summary>Its fields: what stands between spaces and tabs, none of them empty.</summary>
    public IEnumerable<ByteString> Fields()
    {
        var at = 0;
        while (at < Bytes.Length)
        {
            var end = at;
            while (end < Bytes.Length && Bytes.Span[end] is not ((byte)' ' or (byte)'\t'))
                end++;
            if (end > at)
                yield return Bytes.Slice(at, end - at);
            at = end + 1;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
