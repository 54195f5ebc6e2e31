using Workbook.MapReduce;

namespace Workbook.Tests.MapReduce.Live;

public sealed class JobCatalogTests
{
    private static string Refused(Action action) => Assert.Throws<MapReduceException>(action).Message;

    [Fact]
    public void Jobs_of_a_library_are_known_by_the_names_of_its_members()
    {
        var jobs = JobCatalog.BuiltIn.With(typeof(LabApps).Assembly.Location);
        Assert.Same(LabApps.NoCrash, jobs.Find("no-crash"));
        Assert.NotSame(jobs.Find("job-count /a"), jobs.Find("job-count /a"));
        Assert.Contains("job-count FOLDER", jobs.Names);
        Assert.Same(Jobs.WordCount, jobs.Find("wc"));
        Assert.DoesNotContain("no-crash", JobCatalog.BuiltIn.Names);
    }

    [Fact]
    public void What_cannot_be_found_or_made_is_said_in_one_sentence()
    {
        Assert.Equal("The job grep wants its PATTERN behind a space: 'grep PATTERN'.", Refused(() => Jobs.Named("grep")));
        Assert.Equal("The job wc takes nothing behind its name; it was given 'now'.", Refused(() => Jobs.Named("wc now")));
        Assert.StartsWith("The job 'grep (' cannot be made: RegexParseException", Refused(() => Jobs.Named("grep (")));
    }

    [Fact]
    public void A_library_that_is_none_or_has_no_jobs_is_refused()
    {
        Assert.StartsWith("The jobs of nowhere.dll cannot be loaded", Refused(() => JobCatalog.BuiltIn.With("nowhere.dll")));
        var text = Path.ChangeExtension(typeof(LabApps).Assembly.Location, ".deps.json");
        Assert.StartsWith($"The jobs of {text} cannot be loaded", Refused(() => JobCatalog.BuiltIn.With(text)));
        Assert.StartsWith("There is no job in", Refused(() => JobCatalog.BuiltIn.With(typeof(FactAttribute).Assembly.Location)));
    }
}
