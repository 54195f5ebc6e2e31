using System.Text;

namespace Workbook.Site.Running.Host;

/// <summary>The console's writer while cells run.</summary>
internal sealed class StageWriter : TextWriter
{
    private readonly CellStage _stage;
    private readonly bool _isError;

    internal StageWriter(CellStage stage, bool isError)
    {
        _stage = stage;
        _isError = isError;
        // One line end everywhere, so that a page is the same wherever it was made.
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => _stage.Print(_isError, [value]);

    public override void Write(char[] buffer, int index, int count) => _stage.Print(_isError, buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => _stage.Print(_isError, buffer);

    public override void Write(string? value) => _stage.Print(_isError, value);

    public override void WriteLine() => _stage.Print(_isError, "\n");

    public override void WriteLine(string? value) => _stage.Print(_isError, value + "\n");

    public override void Flush() => _stage.Flush();
}
