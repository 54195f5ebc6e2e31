using System.Globalization;
using System.Text;

namespace Workbook.KeyValue;

/// <summary>
/// A request as one line of text, which is how it stands in Raft's log: <c>c3#7 append k "x y"</c>. A word that is plain (letters, digits and a few signs)
/// needs no quotes.
/// </summary>
public static class Command
{
    /// <summary>The line.</summary>
    public static string Of(KeyValueRequest request)
    {
        var line = new StringBuilder(32);
        AppendWord(line, request.ClientId);
        line.Append('#').Append(CultureInfo.InvariantCulture, $"{request.Sequence}").Append(' ');
        switch (request)
        {
            case Get:
                AppendWord(line.Append("get "), request.Key);
                break;
            case Put put:
                AppendWord(line.Append("put "), put.Key);
                AppendText(line.Append(' '), put.Value);
                break;
            case Append append:
                AppendWord(line.Append("append "), append.Key);
                AppendText(line.Append(' '), append.Value);
                break;
            case CompareAndSet set:
                AppendWord(line.Append("cas "), set.Key);
                AppendText(line.Append(' '), set.Expected);
                AppendText(line.Append(' '), set.Value);
                break;
            default:
                throw new ArgumentException($"{request.GetType().Name} is no request that this store knows.");
        }

        return line.ToString();
    }

    /// <summary>Reads the line back.</summary>
    /// <exception cref="FormatException">It is no such line.</exception>
    public static KeyValueRequest Parse(string line)
    {
        var rest = line.AsSpan();
        var client = ReadWord(ref rest, '#');
        var number = ReadWord(ref rest, ' ');
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) throw Unreadable(line);
        var verb = ReadWord(ref rest, ' ');
        var key = ReadWord(ref rest, ' ');
        return verb switch
        {
            "get" => new Get(client, sequence, key),
            "put" => new Put(client, sequence, key, ReadWord(ref rest, ' ')),
            "append" => new Append(client, sequence, key, ReadWord(ref rest, ' ')),
            "cas" => new CompareAndSet(client, sequence, key, ReadWord(ref rest, ' '), ReadWord(ref rest, ' ')),
            _ => throw Unreadable(line),
        };
    }

    /// <summary>A word, in quotes unless it is plain.</summary>
    internal static void AppendWord(StringBuilder line, string word)
    {
        if (IsPlain(word)) line.Append(word);
        else AppendText(line, word);
    }

    /// <summary>A text in quotes.</summary>
    internal static void AppendText(StringBuilder line, string text)
    {
        line.Append('"');
        foreach (var letter in text)
        {
            switch (letter)
            {
                case '"' or '\\':
                    line.Append('\\').Append(letter);
                    break;
                case '\n':
                    line.Append("\\n");
                    break;
                default:
                    line.Append(letter);
                    break;
            }
        }

        line.Append('"');
    }

    /// <summary>The next word, with or without quotes, and what follows the sign after it.</summary>
    internal static string ReadWord(ref ReadOnlySpan<char> rest, char end)
    {
        if (rest.Length == 0 || rest[0] != '"')
        {
            var length = rest.IndexOf(end);
            if (length < 0) length = rest.Length;
            var plain = rest[..length];
            rest = rest[Math.Min(length + 1, rest.Length)..];
            return plain.ToString();
        }

        var at = 1;
        while (at < rest.Length && rest[at] != '"') at += rest[at] == '\\' ? 2 : 1;
        if (at >= rest.Length) throw Unreadable(rest.ToString());
        var quoted = rest[1..at];
        rest = rest[Math.Min(at + 2, rest.Length)..];
        return quoted.Contains('\\') ? Unescaped(quoted) : quoted.ToString();
    }

    private static string Unescaped(ReadOnlySpan<char> quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var at = 0; at < quoted.Length; at++)
        {
            if (quoted[at] != '\\') text.Append(quoted[at]);
            else text.Append(quoted[++at] == 'n' ? '\n' : quoted[at]);
        }

        return text.ToString();
    }

    private static bool IsPlain(string word)
    {
        foreach (var letter in word)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '-' or '_' or '/')) return false;
        }

        return word.Length > 0;
    }

    private static FormatException Unreadable(string line) =>
        new($"“{line}” is no command of a key/value store; one reads like c3#7 append k \"x\".");
}
