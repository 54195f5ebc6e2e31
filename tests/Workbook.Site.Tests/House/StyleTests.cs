using System.Text.RegularExpressions;
using Workbook.Site.Publishing;
using Xunit;

namespace Workbook.Site.Tests.House;

/// <summary>The style is one sheet made of parts: what a part says of a class, no other part may say by accident.</summary>
public sealed partial class StyleTests
{
    /// <summary>Parts that change others on purpose: for phones and for paper.</summary>
    private static readonly string[] Changing = ["narrow.css", "paper.css"];

    private static string Folder => Path.Combine(RenderOptions.FindRoot(AppContext.BaseDirectory), "lib", "Workbook.Site", "Assets", "style");

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    /// <summary>What stands before a brace; that of a query about the medium stands before two.</summary>
    [GeneratedRegex(@"(?<=^|[{};])[^{};@]+(?=\{)")]
    private static partial Regex Selectors();

    /// <summary>A class by itself, wherever it stands: <c>.cell</c>, <c>a.brand:hover</c>.</summary>
    [GeneratedRegex(@"^[a-z]*\.(?<class>[\w-]+)(?:::?[\w-]+(?:\([^)]*\))?)*$")]
    private static partial Regex Alone();

    [Fact]
    public void A_class_by_itself_has_its_look_from_one_part()
    {
        var said = from file in Directory.EnumerateFiles(Folder, "*.css")
                   let part = Path.GetFileName(file)
                   where !Changing.Contains(part)
                   from name in Classes(File.ReadAllText(file)).Distinct()
                   group part by name;

        Assert.Empty(said.Where(parts => parts.Count() > 1).Select(parts => $".{parts.Key} in {string.Join(" and ", parts.Order())}"));
    }

    [Fact]
    public void A_class_that_two_parts_speak_of_is_found() =>
        Assert.Equal(["a", "b", "c", "d"], Classes("/* .no { */ .a, p.b:hover{} .x .y{} @media print { .c::before { color: red } div .z {} } .d:not(.e){}"));

    private static IEnumerable<string> Classes(string css) =>
        from selectors in Selectors().Matches(Comments().Replace(css, ""))
        from selector in selectors.Value.Split(',')
        let alone = Alone().Match(selector.Trim())
        where alone.Success
        select alone.Groups["class"].Value;
}
