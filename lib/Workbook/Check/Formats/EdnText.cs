using System.Globalization;
using System.Text;

namespace Workbook.Check;

/// <summary>Reads the values of a text in EDN one after the other, and knows the line of each (github.com/edn-format/edn).</summary>
internal sealed class EdnText(string text, int line = 1, TextPool? pool = null)
{
    private readonly TextPool _seen = pool ?? new();
    private int _at;
    private int _discards;

    /// <summary>The line that is read; the first is 1.</summary>
    public int Line { get; private set; } = line;

    /// <summary>The next character that is neither blank nor comment; 0 at the end.</summary>
    public char Peek()
    {
        SkipBlank();
        return _at < text.Length ? text[_at] : '\0';
    }

    public bool AtEnd()
    {
        SkipBlank();
        return _at == text.Length;
    }

    /// <summary>Steps over the next character.</summary>
    public void Skip() => _at++;

    /// <summary>Steps over the name of a tag (<c>#jepsen.history.Op</c>), which says nothing about the value after it.</summary>
    public bool SkipTag()
    {
        if (Peek() != '#' || _at + 1 >= text.Length || !char.IsLetter(text[_at + 1])) return false;
        _at++;
        Token();
        return true;
    }

    /// <summary>The next value.</summary>
    public Datum Read(int depth = 0)
    {
        if (depth > Datum.Deepest)
            throw new HistoryFormatException(Line, $"values are nested more than {Datum.Deepest} deep here; no history needs that.");
        while (SkipTag()) { }
        switch (Peek())
        {
            case '\0' when AtEnd():
                throw new HistoryFormatException(Line, "the text ends where a value should be; was the file cut off?");
            case '[':
                return Several(DatumKind.List, 1, ']', depth);
            case '(':
                return Several(DatumKind.List, 1, ')', depth);
            case '{':
                return Several(DatumKind.Map, 1, '}', depth);
            case '#' when _at + 1 < text.Length && text[_at + 1] == '{':
                return Several(DatumKind.Set, 2, '}', depth);
            case '"':
                return new(DatumKind.Quoted, Quoted());
            case '\\':
                return Character();
            case ':':
                _at++;
                return new(DatumKind.Keyword, Wanted("a keyword's name after the colon"));
            default:
                var word = Wanted("a value");
                return word is "nil" ? Datum.Nil : new(DatumKind.Word, word);
        }
    }

    private Datum Several(DatumKind kind, int opening, char closing, int depth)
    {
        var from = Line;
        _at += opening;
        var items = new List<Datum>();
        while (Peek() != closing)
        {
            if (AtEnd()) throw new HistoryFormatException(Line, $"the text ends, but a '{closing}' is missing for what begins in line {from}; was the file cut off?");
            items.Add(Read(depth + 1));
        }

        _at++;
        return new(kind, "", [.. items]);
    }

    private string Wanted(string what)
    {
        var token = Token();
        return token.Length > 0 ? token : throw new HistoryFormatException(Line, $"'{Seen()}' stands where {what} should be.");
    }

    private string Seen() => _at < text.Length ? Texts.Shown(text[_at].ToString()) : "the end of the text";

    private string Token()
    {
        var from = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not (',' or ';' or '"' or '(' or ')' or '[' or ']' or '{' or '}')) _at++;
        return _seen.Of(text.AsSpan(from, _at - from));
    }

    private Datum Character()
    {
        _at++;
        if (_at < text.Length && !char.IsLetterOrDigit(text[_at])) return new(DatumKind.Quoted, text[_at++].ToString());
        var name = Wanted("a character after the backslash");
        return new(DatumKind.Quoted, name switch { "newline" => "\n", "space" => " ", "tab" => "\t", "return" => "\r", _ => name });
    }

    private string Quoted()
    {
        var from = Line;
        var start = ++_at;
        // Most texts hold neither escapes nor line ends and are taken as they stand.
        var end = text.AsSpan(start).IndexOfAny('"', '\\', '\n');
        if (end >= 0 && text[start + end] == '"')
        {
            _at = start + end + 1;
            return _seen.Of(text.AsSpan(start, end));
        }

        var read = new StringBuilder();
        while (_at < text.Length && text[_at] != '"')
        {
            if (text[_at] == '\n') Line++;
            read.Append(text[_at] == '\\' ? Escaped() : text[_at]);
            _at++;
        }

        if (_at == text.Length) throw new HistoryFormatException(from, "a text begins here, but its closing quote is missing; was the file cut off?");
        _at++;
        return read.ToString();
    }

    private char Escaped()
    {
        var letter = ++_at < text.Length ? text[_at] : '\0';
        switch (letter)
        {
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b': return '\b';
            case 'f': return '\f';
            case '"' or '\\' or '/' or '\'': return letter;
            case 'u' when _at + 4 < text.Length
                && ushort.TryParse(text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            case '\0':
                throw new HistoryFormatException(Line, "the text ends in the middle of a text in quotes; was the file cut off?");
            default:
                throw new HistoryFormatException(Line, $"the escape '\\{Texts.Shown(letter.ToString())}' is none that EDN has; write \\\\ for a backslash.");
        }
    }

    private void SkipBlank()
    {
        for (; _at < text.Length; _at++)
        {
            var letter = text[_at];
            if (letter == '\n')
            {
                Line++;
            }
            else if (letter == ';')
            {
                while (_at + 1 < text.Length && text[_at + 1] != '\n') _at++;
            }
            else if (letter == '#' && _at + 1 < text.Length && text[_at + 1] == '_')
            {
                SkipDiscarded();
                _at--;
            }
            else if (!char.IsWhiteSpace(letter) && letter != ',')
            {
                return;
            }
        }
    }

    /// <summary><c>#_</c> takes the next value away; several in a row take away as many.</summary>
    private void SkipDiscarded()
    {
        if (++_discards > Datum.Deepest) throw new HistoryFormatException(Line, $"more than {Datum.Deepest} '#_' stand in a row here; no history needs that.");
        _at += 2;
        Read();
        _discards--;
    }
}
