using System.Globalization;
using System.Runtime.CompilerServices;

namespace Workbook.Sim;

/// <summary>
/// The text of a note, as <c>$"…"</c> writes it. Where nobody reads the trace it is never put together, so a note costs nothing in the ten
/// thousand runs that nobody looks at; let no hole of the text do anything but look.
/// </summary>
[InterpolatedStringHandler]
public ref struct NoteText
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Called by the compiler.</summary>
    public NoteText(int literalLength, int formattedCount, Process process, out bool isRead)
    {
        IsRead = isRead = process.IsRead;
        if (isRead) _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    internal bool IsRead { get; }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

    public void AppendFormatted<T>(T value, int alignment, string? format = null) => _text.AppendFormatted(value, alignment, format);

    internal string TakeText() => _text.ToStringAndClear();
}
