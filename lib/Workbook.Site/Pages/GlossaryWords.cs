using System.Text.RegularExpressions;

namespace Workbook.Site.Pages;

/// <summary>A place in a page where a term is used.</summary>
/// <param name="Term">The term's id.</param>
/// <param name="Id">The id of the heading above; empty before the first.</param>
/// <param name="Heading">Its text.</param>
public sealed record Mention(string Term, string Id, string Heading);

/// <summary>Finds the glossary's terms in texts: whole words, also their plurals and other forms.</summary>
public sealed class GlossaryWords
{
    private readonly Dictionary<string, GlossaryTerm> _terms = new(StringComparer.Ordinal);
    private readonly Regex? _words;

    /// <param name="glossary">The terms.</param>
    public GlossaryWords(Glossary glossary)
    {
        ArgumentNullException.ThrowIfNull(glossary);
        Glossary = glossary;
        foreach (var term in glossary.Terms)
            foreach (var form in Forms(term))
                _terms.TryAdd(form, term);
        if (_terms.Count == 0)
            return;

        // The longest first: a "fork" must not take the place of a "fork consistency".
        var all = _terms.Keys.OrderByDescending(form => form.Length).ThenBy(form => form, StringComparer.Ordinal).Select(Regex.Escape);
        _words = new Regex($@"(?<![\p{{L}}\p{{N}}_\-/])(?:{string.Join('|', all)})(?![\p{{L}}\p{{N}}_\-/])", RegexOptions.CultureInvariant);
    }

    /// <summary>The glossary.</summary>
    public Glossary Glossary { get; }

    /// <summary>The terms in a text, in their order, each with its place.</summary>
    internal IEnumerable<(GlossaryTerm Term, int Start, int Length)> In(string text) =>
        _words is null ? [] : _words.Matches(text).Select(match => (_terms[match.Value], match.Index, match.Length));

    /// <summary>The term and its other forms, their plurals, and all of these at the beginning of a sentence.</summary>
    private static IEnumerable<string> Forms(GlossaryTerm term) =>
        from form in (string[])[term.Name, .. term.Also]
        from word in (string[])[form, Plural(form)]
        from each in (string[])[word, char.ToUpperInvariant(word[0]) + word[1..]]
        select each;

    private static string Plural(string word) => word switch
    {
        _ when word.EndsWith('y') && word.Length > 1 && !"aeiou".Contains(word[^2], StringComparison.Ordinal) => word[..^1] + "ies",
        _ when ((string[])["s", "sh", "ch", "x"]).Any(end => word.EndsWith(end, StringComparison.Ordinal)) => word + "es",
        _ => word + "s",
    };
}
