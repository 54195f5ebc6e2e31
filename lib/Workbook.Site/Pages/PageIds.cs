using System.Text;

namespace Workbook.Site.Pages;

/// <summary>The ids given out in one page. No two elements get the same, whatever headings and cells are called.</summary>
internal sealed class PageIds
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal)
    {
        "top", "main", "sidebar", "contents", "theme", "find", "symbols", "search", "keys",
    };

    /// <summary>An id made of the words of <paramref name="text"/>, with a number behind it when those words are taken.</summary>
    public string Take(string text)
    {
        var wanted = Slug(text);
        if (wanted.Length == 0)
            wanted = "section";
        var id = wanted;
        for (var number = 2; !_taken.Add(id); number++)
            id = $"{wanted}-{number}";
        return id;
    }

    /// <summary>Lower-case letters and digits, everything else one hyphen: safe in an attribute, an address and a selector.</summary>
    internal static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                slug.Append(Rune.ToLowerInvariant(rune));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }
}
