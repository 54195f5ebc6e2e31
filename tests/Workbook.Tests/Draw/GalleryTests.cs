using Workbook.Draw;

namespace Workbook.Tests.Draw;

/// <summary>What a program on the console shows. That the page is written and found is tested with exported programs.</summary>
public sealed class GalleryTests
{
    [Theory]
    [InlineData(null, "<null>")]
    [InlineData("as it stands", "as it stands")]
    [InlineData(0.5, "0.5")]
    [InlineData(true, "True")]
    [InlineData(new[] { 1, 2 }, "[ 1, 2 ]")]
    [InlineData(new int[0], "[ ]")]
    public void A_value_without_forms_is_text(object? value, string text) => Assert.Equal(text, GalleryForms.Text(value));

    [Fact]
    public void Of_a_long_or_endless_sequence_the_beginning_is_told()
    {
        Assert.EndsWith("18, 19, … (10 more) ]", GalleryForms.Text(Enumerable.Range(0, 30).ToArray()));
        Assert.EndsWith("7, 7, … (more) ]", GalleryForms.Text(Endless()));

        static IEnumerable<int> Endless()
        {
            while (true)
                yield return 7;
        }
    }

    [Fact]
    public void A_sequence_that_holds_itself_comes_to_an_end()
    {
        var list = new List<object>();
        list.Add(list);

        Assert.Equal("[ [ [ [ … ] ] ] ]", GalleryForms.Text(list));
    }

    [Fact]
    public void A_value_of_another_library_is_shown_by_the_convention()
    {
        var forms = GalleryForms.Of(new Foreign.Picture("map"))!;

        Assert.Equal(("<svg>map</svg>", "a map"), (forms.Html, forms.Plain));
    }

    [Fact]
    public void The_page_holds_pictures_under_what_made_them_and_escapes_what_is_text()
    {
        var page = GalleryPage.Html("a < b", [("Show(\n    \"<i>\")", "<b>picture</b>")]);

        Assert.Contains("<title>a &lt; b</title>", page);
        Assert.Contains("<figcaption><code>Show( &quot;&lt;i&gt;&quot;)</code></figcaption>\n<b>picture</b>", page);
    }

    /// <summary>A library that has never heard of ours.</summary>
    private static class Foreign
    {
        [Foreign.TypeFormatterSource(typeof(Source))]
        public sealed record Picture(string Name);

        [AttributeUsage(AttributeTargets.Class)]
        public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
        {
            public Type FormatterSourceType => formatterSourceType;
        }

        public sealed class Source
        {
            public IEnumerable<object> CreateTypeFormatters() => [new Formatter("image/svg+xml", "<svg>", "</svg>"), new Formatter("text/plain", "a ", "")];
        }

        public sealed class Formatter(string mimeType, string before, string after)
        {
            public string MimeType => mimeType;

            public bool Format(object instance, TextWriter writer)
            {
                writer.Write($"{before}{((Picture)instance).Name}{after}");
                return true;
            }
        }
    }
}
