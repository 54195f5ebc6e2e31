using System.Globalization;
using System.Text;

namespace Workbook.Sim;

/// <summary>Some of a list, by their places in it, counted from 1: <c>1-3,5</c> are the first, second, third and fifth.</summary>
public sealed class Places
{
    private const string None = "none";

    private readonly HashSet<int> _places;

    /// <summary>The places given, from 1.</summary>
    public Places(IEnumerable<int> places) => _places = [.. places];

    /// <summary>How many there are.</summary>
    public int Count => _places.Count;

    /// <summary>Whether this place is one of them.</summary>
    public bool Contains(int place) => _places.Contains(place);

    /// <summary><c>1-3,5</c>, or <c>none</c>.</summary>
    public override string ToString()
    {
        int[] places = [.. _places.Order()];
        var text = new StringBuilder();
        for (var first = 0; first < places.Length;)
        {
            var last = first;
            while (last + 1 < places.Length && places[last + 1] == places[last] + 1) last++;
            if (text.Length > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{places[first]}");
            if (last > first) text.Append(CultureInfo.InvariantCulture, $"-{places[last]}");
            first = last + 1;
        }

        return text.Length == 0 ? None : text.ToString();
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is something else.</summary>
    internal static Places? Read(string word)
    {
        if (word == None) return new Places([]);
        var places = new List<int>();
        foreach (var range in word.Split(','))
        {
            var ends = range.Split('-');
            if (ends.Length > 2 || !Number(ends[0], out var first) || !Number(ends[^1], out var last) || last - first > 1_000_000) return null;
            for (var place = first; place <= last; place++) places.Add(place);
        }

        return new Places(places);

        static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}

/// <summary>
/// Some of a run's messages, each named by its link and its place among the messages of that link: <c>s1>s2=1-3,5</c> are the first, second,
/// third and fifth from s1 to s2.
/// </summary>
public sealed class MessageSet
{
    private readonly SortedDictionary<(string From, string To), Places> _links = [];

    private MessageSet(IEnumerable<KeyValuePair<(string, string), Places>> links)
    {
        foreach (var (link, places) in links) _links.Add(link, places);
    }

    /// <summary>The messages given; places are counted from 1.</summary>
    public MessageSet(IEnumerable<(NodeId From, NodeId To, int Place)> messages)
        : this(messages.GroupBy(message => (message.From.Name, message.To.Name), message => message.Place)
            .Select(link => KeyValuePair.Create(link.Key, new Places(link))))
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => _links.Values.Sum(places => places.Count);

    /// <summary>Whether the message of that place on the link, from 1, is one of them.</summary>
    public bool Contains(NodeId from, NodeId to, int place) => _links.TryGetValue((from.Name, to.Name), out var places) && places.Contains(place);

    /// <summary><c>s1>s2=1-3,5 s2>s1=1</c>, or <c>none</c>.</summary>
    public override string ToString() =>
        _links.Count == 0 ? "none" : string.Join(' ', _links.Select(link => $"{link.Key.From}>{link.Key.To}={link.Value}"));

    /// <summary>Takes as many words as belong to a set from the front of those left.</summary>
    internal static MessageSet Read(Queue<string> words)
    {
        var links = new Dictionary<(string, string), Places>();
        if (words.TryPeek(out var first) && first == "none") words.Dequeue();
        while (words.TryPeek(out var word) && ReadLink(word) is { } link)
        {
            links[link.Link] = link.Places;
            words.Dequeue();
        }

        return new MessageSet(links);
    }

    private static ((string, string) Link, Places Places)? ReadLink(string word)
    {
        var (arrow, equals) = (word.IndexOf('>'), word.LastIndexOf('='));
        return arrow > 0 && equals > arrow + 1 && Places.Read(word[(equals + 1)..]) is { } places
            ? ((word[..arrow], word[(arrow + 1)..equals]), places)
            : null;
    }
}
