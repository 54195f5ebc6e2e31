using System.Text;

namespace Workbook.Site.Running;

/// <summary>
/// One of the standard streams of the process that runs cells: what native code and the programs that cells start write there.
/// What the runtime itself writes when it dies, its last words, is kept apart.
/// </summary>
internal sealed class NativeOutput
{
    private const int LongestLine = 8 << 10;
    private const int LongestLastWords = 64 << 10;
    private static readonly string[] LastWordsBegin =
        ["Stack overflow.", "Process terminated.", "Unhandled exception.", "Out of memory.", "Fatal error."];

    private readonly string _mark;
    private readonly SemaphoreSlim _marks = new(0);
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _lastWords = new();
    private readonly Action<string> _print;
    private bool _dying;

    /// <param name="reader">The stream.</param>
    /// <param name="mark">The process writes a line of this at the end of each cell.</param>
    /// <param name="print">Takes what is written, about a line at a time.</param>
    internal NativeOutput(StreamReader reader, string mark, Action<string> print)
    {
        _mark = mark + "\n";
        _print = print;
        Ended = Task.Run(() => ReadAsync(reader));
    }

    /// <summary>Completes when nobody can write to the stream any more.</summary>
    internal Task Ended { get; }

    /// <summary>What the runtime said as it died; to be asked when the stream has ended.</summary>
    internal string LastWords => _lastWords.ToString();

    /// <summary>Waits until all that a cell has written has been read.</summary>
    internal Task ReachMarkAsync(TimeSpan atMost) => _marks.WaitAsync(atMost);

    private async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        try
        {
            for (int count; (count = await reader.ReadAsync(buffer)) > 0;)
                Take(buffer.AsSpan(0, count));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The process is gone, and so is the stream.
        }
        EndLine();
    }

    private void Take(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            _line.Append(letter);
            if (letter == '\n')
                EndLine();
            else if (_line.Length >= LongestLine)
                CutLine();
        }
    }

    /// <summary>Passes on a line that does not end, but for what may be the beginning of a mark.</summary>
    private void CutLine()
    {
        var kept = _line.ToString(_line.Length - _mark.Length, _mark.Length);
        _line.Length -= kept.Length;
        EndLine();
        _line.Append(kept);
    }

    private void EndLine()
    {
        var line = _line.ToString();
        _line.Clear();
        if (line.EndsWith(_mark, StringComparison.Ordinal))
        {
            Pass(_lastWords + line[..^_mark.Length]);
            // Whoever wrote these was not dying.
            _lastWords.Clear();
            _dying = false;
            _marks.Release();
            return;
        }
        _dying |= LastWordsBegin.Any(words => line.StartsWith(words, StringComparison.Ordinal));
        if (!_dying)
            Pass(line);
        else if (_lastWords.Length < LongestLastWords)
            _lastWords.Append(line);
    }

    private void Pass(string text)
    {
        if (text.Length > 0)
            _print(text);
    }
}
