using System.Text;
using System.Text.Encodings.Web;

namespace Workbook.Site.Notebooks;

/// <summary>
/// Escapes what JSON demands and no more, as Python's and JavaScript's writers do. .NET's most relaxed encoder still escapes
/// emoji and a few more, so that a notebook would change whenever another program saves it.
/// </summary>
internal sealed class PlainJsonEncoder : JavaScriptEncoder
{
    internal static readonly PlainJsonEncoder Instance = new();

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var i = 0; i < textLength; i++)
        {
            if (WillEncode(text[i]) || (char.IsSurrogate(text[i]) && !IsPair(text, i, textLength)))
                return i;
            if (char.IsHighSurrogate(text[i]))
                i++;
        }
        return -1;
    }

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var encoded = Encoded(unicodeScalar);
        numberOfCharactersWritten = 0;
        if (encoded.Length > bufferLength)
            return false;
        encoded.CopyTo(new Span<char>(buffer, bufferLength));
        numberOfCharactersWritten = encoded.Length;
        return true;
    }

    private static unsafe bool IsPair(char* text, int index, int length) => index + 1 < length && char.IsSurrogatePair(text[index], text[index + 1]);

    private static string Encoded(int scalar) => scalar switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        < 0x20 => $"\\u{scalar:x4}",
        _ => new Rune(scalar).ToString(),
    };
}
