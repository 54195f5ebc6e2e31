using Workbook.Check;

namespace Workbook.Tests.Check.Formats;

public sealed class DrawingTests
{
    [Fact]
    public void A_bar_is_an_operation_from_the_column_of_its_call_to_that_of_its_return()
    {
        Assert.Equal(
            [
                new("row 1", "write", 2, 8) { Key = "x", Argument = "1" },
                new("row 1", "write", 10, 16) { Key = "x", Argument = "2" },
                new("row 2", "read", 4, 14) { Key = "x", Result = "2" },
                new Operation("row 3", "read", 6, 12) { Key = "x", Result = "1" },
            ], History.Parse(LectureDrawings.History1).Operations);
    }

    [Fact]
    public void A_label_names_the_client_and_takes_columns_as_it_stands()
    {
        Assert.Equal(
            ["row 1 Wx0 0–8", "row 1 Wx1 11–19", "row 2 Wx2 12–20", "C1 Rx2 8–14", "C1 Rx1 16–22", "C2 Rx1 8–14", "C2 Rx2 16–22"],
            Said(LectureDrawings.History4));
        Assert.Equal(["C1 Wx10 4–11", "C1 Wx20 22–29", "C2 Rx10 13–32"], Said(LectureDrawings.DuplicateTable));
    }

    [Fact]
    public void All_drawings_of_the_lecture_are_read()
    {
        Assert.Equal(["row 1 Wx1 2–8", "row 1 Wx2 10–16", "row 2 Rx2 4–12", "row 3 Rx1 14–20"], Said(LectureDrawings.History2));
        Assert.Equal(["row 1 Wx0 0–8", "row 1 Wx1 11–19", "row 2 Wx2 12–20", "row 3 Rx2 8–14", "row 3 Rx1 16–22"], Said(LectureDrawings.History3));
        Assert.Equal(["row 1 Wx1 0–6", "row 2 Wx2 8–14", "row 3 Rx1 16–22"], Said(LectureDrawings.History5));
        Assert.Equal(["C1 Wx3 4–10", "C1 Wx4 21–27", "C2 Rx3 13–31"], Said(LectureDrawings.History6));
    }

    [Fact]
    public void A_bar_without_an_end_never_returned() => Assert.Equal(
        ["row 1 Wx1? 0–", "row 2 Rx1 4–10", "row 3 Rx? 2–", "row 4 Wx2? 1–"],
        Said("""
            |-Wx1---
                |-Rx1-|
              |-Rx---
             |-Wx2--->
            """));

    [Fact]
    public void A_client_that_goes_on_after_a_bar_without_an_end_gave_up_on_it() => Assert.Equal(
        ["C1 Wx1? 4–13", "C1 Wx2 14–20", "C2 Wx3? 4–11", "C2 Wx4 13–19"],
        Said("""
            C1: |-Wx1---  |-Wx2-|
            C2: |-Wx3?-| |-Wx4-|
            """));

    [Fact]
    public void Bars_of_a_row_may_share_an_end() =>
        Assert.Equal(["row 1 Wx1 0–6", "row 1 Rx1 7–12"], Said("|-Wx1-|-Rx1-|"));

    [Fact]
    public void Where_something_is_appended_the_register_is_a_key_with_a_text() =>
        Assert.Equal(["row 1 put(x, a) 0–8", "row 1 append(x, b) 10–17", "row 2 get(x) = ab 0–9"], Said("|-Wx=a--| |-Ax=b-|\n|-Rx=ab--|"));

    [Theory]
    [InlineData("Wx10", "Wx10")]
    [InlineData("Wx-1", "Wx-1")]
    [InlineData("Rxnil", "Rxnil")]
    [InlineData("Rx", null)]
    [InlineData("W1", "write(1)")]
    [InlineData("Wx=a", "Wxa")]
    [InlineData("Rk1=5", "read(k1) = 5")]
    [InlineData("Ax\"b c\"", "append(x, b c)")]
    [InlineData("Cx1>2", "cas(x, 1, 2) = true")]
    [InlineData("Cx1→2=false", "cas(x, 1, 2) = false")]
    [InlineData("Cx=nil>2", "cas(x, 2) = true")]
    [InlineData("put(k, \"a, b\")", "put(k, a, b)")]
    [InlineData("get(k) = nil", "get(k) = nil")]
    [InlineData("cas(3, 0) = false", "cas(3, 0) = false")]
    [InlineData("enqueue(7)", "enqueue(7)")]
    [InlineData("dequeue(q) = 7", "dequeue(q) = 7")]
    [InlineData("acquire(m)", "acquire(m)")]
    public void What_stands_in_a_bar_is_an_operation(string label, string? said)
    {
        var drawing = $"|--{label}--|";
        if (said is not null)
            Assert.Equal(said, Assert.Single(History.Parse(drawing).Operations).ToString());
        else
            Assert.Throws<HistoryFormatException>(() => History.Parse(drawing));
    }

    [Fact]
    public void Headings_comments_blank_lines_tabs_and_odd_line_ends_do_not_matter()
    {
        var plain = Said("C1:     |-Wx1-|\n        |-Rx1-|");
        Assert.Equal(plain, Said("\uFEFFexample history 1:\r\n\r\n# a comment\r\nC1:\t|-Wx1-|   # the write\r\n\t|-Rx1-|\r\n"));
        Assert.Equal(plain, Said("C1:     ├─Wx1─┤\n        │–Rx1–│"));
    }

    private static IEnumerable<string> Said(string drawing) => History.Parse(drawing).Operations.Select(operation =>
        $"{operation.Client} {operation} {operation.Invoked}–{(operation.Returned == Operation.Never ? "" : operation.Returned)}");
}
