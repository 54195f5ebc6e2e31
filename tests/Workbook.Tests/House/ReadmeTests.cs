using System.Text.RegularExpressions;
using Workbook.MapReduce;
using Workbook.MapReduce.Cluster;
using Workbook.Sim;

namespace Workbook.Tests.House;

public sealed partial class ReadmeTests
{
    [Fact]
    public void The_picture_is_the_run_that_notebook_00_draws()
    {
        var cluster = new MapReduceCluster(MapReduceScenes.Count, MapReduceScenes.ThreeInputs, seed: 7);
        var drawn = cluster.RunFor(0.5.Seconds()).Crash("w2").RunToEnd().SpaceTime().ToSvg() + "\n";
        var file = Repository.FullPath("data/pictures/one-crash.svg");
        if (Environment.GetEnvironmentVariable("WORKBOOK_ACCEPT") == "1") File.WriteAllText(file, drawn);
        Assert.True(drawn == File.ReadAllText(file), "data/pictures/one-crash.svg is not what the library draws; WORKBOOK_ACCEPT=1 dotnet test accepts it.");
    }

    [Fact]
    public void Every_link_of_README_leads_somewhere() => Complaints.None(
        Links().Matches(File.ReadAllText(Repository.FullPath("README.md"))).Select(link => link.Groups[1].Value)
            .Where(target => !target.Contains("://"))
            .Where(target => !Path.Exists(Repository.FullPath(target.Split('#')[0])))
            .Select(target => $"README.md leads to {target}, and there is no such file or folder."));

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Links();
}
