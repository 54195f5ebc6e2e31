using System.Text.RegularExpressions;
using Workbook.Site.Notebooks;
using Workbook.Site.Pages;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Pages;

/// <summary>What a prediction offers, and what it covers.</summary>
public sealed class PredictionTests
{
    [Fact]
    public void A_list_at_the_end_of_a_prediction_gives_its_choices()
    {
        var prediction = Assert.IsType<PredictionBlock>(Blocks((StudySample.Prediction("p", "How often?\n\n- Once.\n- `b` *twice*.", answer: 2), null))[0]);

        Assert.Equal("<p>How often?</p>", prediction.Html.Trim());
        Assert.Equal(["Once.", "<code>b</code> <em>twice</em>."], prediction.Choices);
        Assert.Equal(2, prediction.Answer);
    }

    [Theory]
    [InlineData("How often?")]
    [InlineData("- One choice is none.")]
    [InlineData("- 1\n- 2\n- 3\n- 4\n- 5\n- 6")]
    [InlineData("- 1\n- 2\n\nWhich?")]
    public void Without_two_to_five_choices_at_its_end_a_prediction_is_open(string source)
    {
        var prediction = Assert.IsType<PredictionBlock>(Blocks((StudySample.Prediction("p", source), null))[0]);

        Assert.Empty(prediction.Choices);
        Assert.Null(prediction.Answer);
    }

    [Fact]
    public void Covered_are_the_outputs_that_follow_and_the_text_that_explains_them_up_to_the_next_heading()
    {
        var blocks = Blocks(
            Output("before"), (StudySample.Prediction("p", "Guess."), null), Output("one"), Output("two"),
            (Text("Because.\n\n## Next\n\nMore."), null), Output("after"));

        Assert.Equal([null, null, "p", "p", "p", null, null], blocks.Select(block => block.CoveredBy));
        Assert.Equal("<p>Because.</p>", Assert.IsType<TextBlock>(blocks[4]).Html.Trim());
        Assert.StartsWith("<h2 id=\"next\">", Assert.IsType<TextBlock>(blocks[5]).Html);
        Assert.Equal([blocks[2]], blocks.Where(block => block.SaysCovered));
    }

    [Fact]
    public void A_cover_ends_at_code_that_follows_the_explanation_and_at_the_next_prediction_exercise_or_solution()
    {
        var first = (StudySample.Prediction("p", "Guess."), (CellRun?)null);

        Assert.Equal(["p", "p", null], Covers(first, Output("one"), (Text("Because."), null), Output("two")));
        Assert.Equal(["p", null, "q"], Covers(first, Output("one"), (StudySample.Prediction("q", "Again."), null), Output("two")));
        Assert.Equal(["p", null, null], Covers(first, Output("one"), (Text("Do it.", "exercise"), null), (Text("Done."), null)));
        Assert.Equal(["p", null, null], Covers(first, Output("one"), (Text("So.", "solution"), null), (Text("Done."), null)));
        Assert.Equal(["p", "p", null], Covers(first, (Text("Because."), null), Output("one"), (Text("## Next"), null)));
    }

    [Fact]
    public void A_prediction_that_nothing_follows_covers_nothing()
    {
        var blocks = Blocks((StudySample.Prediction("p", "Guess."), null), (Code("c", "class A;"), Ran("c")), (Text("## Next"), null));

        Assert.False(Assert.IsType<PredictionBlock>(blocks[0]).Covers);
        Assert.DoesNotContain(blocks, block => block.SaysCovered);
    }

    [Fact]
    public async Task Choices_are_named_radio_buttons_and_what_is_covered_is_in_the_page()
    {
        var html = await Rendering.HtmlAsync(Notebook("05-studying", StudySample.Page()));

        Assert.Equal(5, Regex.Count(html, "<label class=\"choice\">"));
        Assert.Contains("<legend class=\"visually-hidden\">Your prediction</legend>", html);
        Assert.Contains("id=\"cell-guess\" data-cell=\"guess\" data-answer=\"2\"", html);
        Assert.Contains("id=\"cell-any\" data-cell=\"any\">", html);
        Assert.Contains("counted twice", html);
        Assert.Equal(3, Regex.Count(html, "class=\"cover-note\""));
        Assert.Equal(1, Regex.Count(html, "data-exercise=\"write\""));
    }

    [Fact]
    public void The_card_counts_what_there_is_to_do()
    {
        var (notebook, run) = Notebook("05-studying", [.. StudySample.Page(), (Text("## In a solution", "solution"), null)]);

        Assert.Equal(new StudySteps(Sections: 6, Predictions: 3, Exercises: 1), LectureReader.Card(notebook, run).Steps);
        Assert.Equal(new StudySteps(1, 0, 0), LectureReader.Card(Notebook("01-n", (Text("# Short"), null)).Item1, run).Steps);
    }

    private static (Cell, CellRun?) Output(string id) => (Code(id, "1"), Ran(id, new StreamOutput(false, "1\n")));

    /// <summary>What covers each block after the first.</summary>
    private static IEnumerable<string?> Covers(params (Cell, CellRun?)[] cells) => Blocks(cells).Skip(1).Select(block => block.CoveredBy);

    private static IReadOnlyList<PageBlock> Blocks(params (Cell, CellRun?)[] cells)
    {
        var (notebook, run) = Notebook("01-sample", cells);
        return LectureReader.Page(LectureReader.Card(notebook, run), notebook, run, []).Blocks;
    }
}
