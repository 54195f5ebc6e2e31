using System.Xml.Linq;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class LogGridTests
{
    private static LogGrid Lecture() => new("Logs that disagree",
        LogRow.Of("S1", "3", 10), LogRow.Of("S2", "3 3 4", 10) with { Marks = [(12, "nextIndex")] },
        LogRow.Of("S3", "3 3 5", 10) with { Committed = 11, Note = "leader of term 6" });

    [Fact]
    public void The_text_sets_index_under_index() => Assert.Equal("""
        Logs that disagree. Logs of 3 servers (S1, S2 and S3), indexes 10 to 12.
            10 11 12
        S1  3
        S2  3  3  4   (nextIndex at 12)
        S3  3  3  5   (leader of term 6)  (committed up to 11)
        """.ReplaceLineEndings("\n"), Lecture().ToText());

    [Fact]
    public void Each_entry_is_a_cell_under_its_index_in_the_colour_of_its_term()
    {
        var svg = XElement.Parse(Lecture().ToSvg());
        var header = Texts(svg, "wb-lg-soft").ToDictionary(text => text.Value, text => (double)text.Attribute("x")!);
        var terms = Texts(svg, "wb-lg-term").Select(text => (text.Value, X: (double)text.Attribute("x")!)).ToList();
        Assert.Equal(["10", "11", "12"], header.Keys);
        Assert.Equal([("3", header["10"]), ("3", header["10"]), ("3", header["11"]), ("4", header["12"]), ("3", header["10"]), ("3", header["11"]), ("5", header["12"])], terms);
        var cells = svg.Descendants().Where(part => Class(part) is "wb-lg-open" or "wb-lg-committed" && part.Elements().Any(own => own.Name.LocalName == "title")).ToList();
        Assert.Equal([false, false, false, false, true, true, false], cells.Select(cell => Class(cell) == "wb-lg-committed"));
        Assert.Equal(3, cells.Select(cell => (string)cell.Attribute("style")!).Distinct().Count());
    }

    [Fact]
    public void A_mark_stands_under_the_index_it_points_at()
    {
        var svg = XElement.Parse(Lecture().ToSvg());
        var mark = Assert.Single(svg.Descendants(), part => Class(part) == "wb-lg-mark");
        var twelve = Texts(svg, "wb-lg-soft").Single(text => text.Value == "12");
        Assert.Equal(((string)twelve.Attribute("x")!, "nextIndex"), ((string)mark.Elements().Last().Attribute("x")!, mark.Value));
    }

    [Fact]
    public void What_is_in_a_snapshot_is_hatched_from_the_first_index_on()
    {
        var grid = new LogGrid("t", new LogRow("s1", [new(2)], 6) { Snapshot = 5, Committed = 6 }, LogRow.Of("s2", "1 1"));
        var svg = XElement.Parse(grid.ToSvg());
        Assert.Contains(svg.Descendants(), part => Class(part) == "wb-lg-hatch");
        Assert.Contains("in a snapshot", svg.Value);
        Assert.Equal("s1  ~ ~ ~ ~ ~ 2  (committed up to 6)  (snapshot up to 5)", grid.ToText().Split('\n')[2]);
    }

    [Fact]
    public void Of_a_long_log_the_last_entries_are_drawn_and_the_words_say_so()
    {
        var grid = new LogGrid("t", LogRow.Of("s1", string.Join(' ', Enumerable.Repeat("1", 100))));
        Assert.Equal(LogGrid.MostIndexes, Texts(XElement.Parse(grid.ToSvg()), "wb-lg-term").Count());
        Assert.Contains("indexes 61 to 100; those from 1 on are left out", grid.Alt);
    }

    [Fact]
    public void The_picture_is_named_and_described()
    {
        var svg = XElement.Parse(Lecture().ToSvg());
        var ids = ((string)svg.Attribute("aria-labelledby")!).Split(' ');
        var words = ids.Select(id => svg.Descendants().Single(part => (string?)part.Attribute("id") == id).Value).ToList();
        Assert.Equal("Logs that disagree", words[0]);
        Assert.Equal(Lecture().ToText().ReplaceLineEndings(" "), words[1]);
        Assert.StartsWith("<div class=\"wb-scroll\"", Lecture().ToMimeBundle().Html);
    }

    [Fact]
    public void Names_and_labels_are_text()
    {
        var svg = XElement.Parse(new LogGrid("<b>", new LogRow("<i>&\"", [new(1, "<u>")]) { Note = "</svg>", Marks = [(1, "<&>")] }).ToSvg());
        Assert.Contains("<u>", svg.Value);
        Assert.DoesNotContain(svg.Descendants(), part => part.Name.LocalName is "b" or "i" or "u");
    }

    [Fact]
    public void Rows_without_an_entry_are_rows_too()
    {
        var grid = new LogGrid("t", LogRow.Of("s1", ""), LogRow.Of("s2", "1"));
        Assert.Single(Texts(XElement.Parse(grid.ToSvg()), "wb-lg-term"));
        Assert.NotNull(new LogGrid("t", LogRow.Of("s1", "")).ToSvg());
    }

    [Fact]
    public void What_is_wrong_is_refused_with_a_sentence()
    {
        Assert.Contains("at least one log", Assert.Throws<ArgumentException>(() => new LogGrid("t")).Message);
        Assert.Contains("indexes begin at 0 or 1", Assert.Throws<ArgumentException>(() => new LogGrid("t", LogRow.Of("s1", "1", -1))).Message);
        Assert.Contains("snapshot reaches to 3", Assert.Throws<ArgumentException>(() => new LogGrid("t", LogRow.Of("s1", "1", 3) with { Snapshot = 3 })).Message);
        Assert.Contains("'x' is no entry", Assert.Throws<FormatException>(() => LogRow.Of("s1", "1 x")).Message);
    }

    private static string? Class(XElement part) => (string?)part.Attribute("class");

    private static IEnumerable<XElement> Texts(XElement svg, string cssClass) =>
        svg.Descendants().Where(part => Class(part) == cssClass && part.Name.LocalName == "text");
}
