using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Workbook.Sim;

/// <summary>Writes messages as a person would on a blackboard, for traces and diagrams.</summary>
internal static class Readable
{
    private const int LongestText = 40;
    private const int MostItems = 8;

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <summary><c>Append(key x, value 3)</c>; the name alone where there is nothing to add.</summary>
    public static string Of(Message message)
    {
        var type = message.GetType();
        var properties = Properties.GetOrAdd(type, ReadProperties);
        if (properties.Length == 0) return type.Name;
        var text = new StringBuilder(type.Name).Append('(');
        for (var index = 0; index < properties.Length; index++)
        {
            if (index > 0) text.Append(", ");
            text.Append(Spoken(properties[index].Name)).Append(' ');
            AppendValue(text, properties[index].GetValue(message));
        }

        return text.Append(')').ToString();
    }

    private static PropertyInfo[] ReadProperties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.MetadataToken)];

    /// <summary><c>PrevLogIndex</c> is said <c>prevLogIndex</c>.</summary>
    private static string Spoken(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static void AppendValue(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("none");
                break;
            case string words:
                text.Append(words.Length > LongestText ? words[..LongestText] + "…" : words);
                break;
            case byte[] bytes:
                text.Append(CultureInfo.InvariantCulture, $"{bytes.Length} bytes");
                break;
            case ReadOnlyMemory<byte> bytes:
                text.Append(CultureInfo.InvariantCulture, $"{bytes.Length} bytes");
                break;
            case TimeSpan length:
                text.Append(CultureInfo.InvariantCulture, $"{length.TotalMilliseconds:0.###}ms");
                break;
            case IEnumerable items:
                AppendItems(text, items);
                break;
            case IFormattable number:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static void AppendItems(StringBuilder text, IEnumerable items)
    {
        text.Append('[');
        var count = 0;
        foreach (var item in items)
        {
            if (count == MostItems)
            {
                text.Append(" …");
                break;
            }

            if (count++ > 0) text.Append(' ');
            AppendValue(text, item);
        }

        text.Append(']');
    }
}
