using System.Globalization;
using System.Net;
using System.Text;
using Workbook.Draw;

namespace Workbook.Labs;

/// <summary>How the tests of a lab went: a table, and for each test that failed its smallest run; the first two are drawn.</summary>
/// <param name="Title">What was tested.</param>
/// <param name="Outcomes">The tests, in the order of the lab.</param>
[TypeFormatterSource]
public sealed record LabReport(string Title, IReadOnlyList<LabOutcome> Outcomes) : IDisplay
{
    // A server that can do nothing yet fails in all tests, and for one reason: to make all those runs smaller and to draw them takes long, and nobody looks.
    private const int MostDrawn = 2;

    // So many events lead to the failure.
    private const int MostEvents = 60;

    /// <summary>Whether all tests were passed from every seed.</summary>
    public bool Passed => Outcomes.All(outcome => outcome.Passed);

    /// <summary>The outcome of the test of that name.</summary>
    /// <exception cref="ArgumentException">No such test was run.</exception>
    public LabOutcome this[string test] => Outcomes.FirstOrDefault(outcome => outcome.Test.Name == test)
        ?? throw new ArgumentException($"{test} was not run; {string.Join(", ", Outcomes.Select(outcome => outcome.Test.Name))} were.");

    /// <summary>Plays each of the tests from many seeds.</summary>
    internal static LabReport Of(string title, IReadOnlyList<LabTest> tests, int seeds, Figure3Watch figure3 = Figure3Watch.Off)
    {
        if (seeds < 1) throw new ArgumentOutOfRangeException(nameof(seeds), seeds, "Run the tests from at least one seed.");
        var outcomes = new List<LabOutcome>();
        foreach (var test in tests)
        {
            outcomes.Add(LabOutcome.Of(test, seeds, figure3, isDrawn: outcomes.Count(outcome => outcome.Smallest is not null) < MostDrawn));
        }

        return new(title, outcomes);
    }

    /// <summary>The reports of several parts as one.</summary>
    public static LabReport Of(string title, params IEnumerable<LabReport> parts) => new(title, [.. parts.SelectMany(part => part.Outcomes)]);

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle()
    {
        var html = new StringBuilder(Table().ToHtml());
        foreach (var outcome in Outcomes.Where(outcome => outcome.Smallest is not null))
        {
            html.Append(CultureInfo.InvariantCulture, $"<details class=\"wb-lab\"><summary>{WebUtility.HtmlEncode($"✗ {outcome.Test.Name}: {outcome.Smallest!.Sentence}")}</summary>");
            var isDrawn = outcome.Smallest.Scene.Run.Trace.Kept > 0;
            var more = isDrawn ? "" : $"\nNot drawn; this draws it: {outcome.Repeat}.Shrunk()";
            html.Append(MimeBundle.Text($"{outcome.Smallest}\nRepeat: {outcome.Repeat}{more}").Html);
            if (isDrawn) html.Append(outcome.Smallest.Pictures(MostEvents));
            html.Append("</details>");
        }

        return new MimeBundle(html.ToString(), ToString());
    }

    /// <summary>The table; then for each test that failed what was seen, and the line that repeats it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Table().ToText());
        foreach (var outcome in Outcomes.Where(outcome => outcome.Smallest is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\n{outcome.Smallest}\nRepeat: {outcome.Repeat}");
        }

        return text.ToString();
    }

    private Table Table() => Draw.Table.Of(
        $"{Title}: {Outcomes.Count(outcome => outcome.Passed)} of {Outcomes.Count} tests passed",
        Outcomes,
        ("", outcome => outcome.Passed ? "✓" : "✗"),
        ("test", outcome => outcome.Test.Name),
        ("asks for", outcome => outcome.Test.Asks),
        ("passed", outcome => FormattableString.Invariant($"{outcome.Runs - outcome.Failed:N0} of {outcome.Runs:N0} runs")),
        ("the first thing that went wrong", outcome => outcome.Sentence));
}
