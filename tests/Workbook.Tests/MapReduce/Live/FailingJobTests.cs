using Workbook.MapReduce;

namespace Workbook.Tests.MapReduce.Live;

/// <summary>What is left, and what is said, when a job in processes of its own comes to nothing.</summary>
public sealed class FailingJobTests
{
    [Fact]
    public async Task A_map_that_throws_fails_the_job_with_one_sentence_and_leaves_nothing()
    {
        await using var job = await new LabJob().With().Start("broken", workers: 2);
        Assert.Equal(1, await job.Cluster.Ended.WaitAsync(LabJob.Patience));
        await job.Cluster.AllEnded().WaitAsync(LabJob.Patience);
        Assert.Contains("FormatException: no number in", job.Log);
        Assert.DoesNotContain("   at ", job.Log);
        Assert.False(Directory.Exists(job.Output));
        Assert.Empty(job.Leftovers());
    }

    [Fact]
    public async Task A_coordinator_that_is_killed_leaves_no_output_its_workers_go_and_the_job_can_be_run_again()
    {
        await using var job = new LabJob().With(MapReduceInputs.Input("gate.txt", "gate\n"));
        await job.Start($"crash {job.NotesFolder}", worker: ["--give-up-after", "1"]);
        Assert.True(LabNotes.Wait(() => job.Notes.All().Count > 0, LabJob.Patience), job.Log);
        job.Cluster.KillCoordinator();
        await job.Cluster.AllEnded().WaitAsync(LabJob.Patience);
        Assert.Contains("has not been heard for 1 s, so the job is lost", job.Log);
        Assert.False(Directory.Exists(job.Output));
        Assert.Single(job.Leftovers());

        job.Notes.IsFirst("open");
        await job.Start("wc");
        await job.EndsLike(Jobs.WordCount);
    }

    [Fact]
    public async Task An_output_folder_that_holds_something_is_refused_and_left_as_it_is()
    {
        await using var job = new LabJob().With();
        Directory.CreateDirectory(job.Output);
        File.WriteAllText(Path.Combine(job.Output, "mr-out-0"), "earlier\n");
        await job.Start("wc");
        Assert.Equal(1, await job.Cluster.Ended.WaitAsync(LabJob.Patience));
        Assert.Contains("is not empty: it holds mr-out-0", job.Log);
        Assert.Equal("earlier\n", File.ReadAllText(Path.Combine(job.Output, "mr-out-0")));
    }

    [Fact]
    public async Task An_unknown_job_is_refused_with_the_names_of_those_that_there_are()
    {
        await using var job = new LabJob().With();
        await job.Start("nobody-has-this");
        Assert.Equal(1, await job.Cluster.Ended.WaitAsync(LabJob.Patience));
        Assert.Contains("There is no job named 'nobody-has-this': name broken, crash FOLDER,", job.Log);
    }
}
