using Workbook.MapReduce;
using Workbook.Sim;
using static Workbook.Tests.MapReduce.MapReduceInputs;

namespace Workbook.Tests.MapReduce.Live;

/// <summary>The tests of lab 1, by their names, on coordinator and workers that are processes of their own.</summary>
public sealed class LabTests
{
    [Fact]
    public async Task Wc()
    {
        await using var job = await new LabJob().With().Start("wc");
        await job.EndsLike(Jobs.WordCount);
        Assert.Empty(Directory.GetFileSystemEntries(job.Workers));
    }

    [Fact]
    public async Task Indexer()
    {
        await using var job = await new LabJob().With().Start("indexer");
        await job.EndsLike(Jobs.InvertedIndex);
    }

    [Fact]
    public async Task Map_parallelism()
    {
        await using var job = new LabJob().With();
        await job.Start($"map-timing {job.NotesFolder}", workers: 2);
        await job.EndsLike(LabApps.NoCrash);
        Overlap(job.Notes.All());
    }

    [Fact]
    public async Task Reduce_parallelism()
    {
        await using var job = new LabJob().With();
        await job.Start($"reduce-timing {job.NotesFolder}", workers: 2);
        await job.EndsLike(LabApps.NoCrash);
        Overlap(job.Notes.All());
    }

    [Fact]
    public async Task Job_count()
    {
        await using var job = new LabJob().With();

        // So that a worker that this machine is too busy to run for a while is not taken for dead.
        await job.Start($"job-count {job.NotesFolder}", coordinator: ["--worker-timeout", "60", "--backup-after", "60"]);
        await job.EndsLike(LabApps.NoCrash);
        Assert.Equal(Enumerable.Range(0, 8).Select(number => $"map book{number}.txt"), job.Notes.All().Order());
    }

    [Fact]
    public async Task Early_exit()
    {
        await using var job = await new LabJob().With(Input("slow.txt", "slow\n")).Start("early-exit");
        await job.Cluster.FirstEnded().WaitAsync(LabJob.Patience);
        job.HasOutputOf(LabApps.NoCrash);
        await job.EndsLike(LabApps.NoCrash);
    }

    [Fact]
    public async Task Crash()
    {
        await using var job = new LabJob().With(Input("stall.txt", "stall\n"), Input("gate.txt", "gate\n"));
        await job.Start($"crash {job.NotesFolder}", coordinator: ["--worker-timeout", "1", "--backup-after", "2"]);
        Assert.True(LabNotes.Wait(() => job.Notes.All().Count > 0, LabJob.Patience), job.Log);

        var random = new Rng(6824);
        for (var kill = 0; kill < 8; kill++)
        {
            await Task.Delay(random.Next(50, 500));
            var workers = job.Cluster.WorkerIds;
            job.Cluster.Kill(workers[random.Next(workers.Count)]);
        }

        // Until here the word "gate" could not be reduced, so all these died during the job.
        Assert.False(job.Cluster.Ended.IsCompleted, job.Log);
        Assert.InRange(job.Cluster.Restarts, 4, 8);
        job.Notes.IsFirst("open");
        await job.EndsLike(LabApps.NoCrash);
        Assert.True(job.Notes.All().Count > 10, "no map ran again");
    }

    /// <summary>One worker began between another one's begin and end.</summary>
    private static void Overlap(IReadOnlyList<string> notes)
    {
        var first = notes[0]["begin ".Length..];
        Assert.StartsWith("begin ", notes[1]);
        Assert.NotEqual(first, notes[1]["begin ".Length..]);
        Assert.Contains($"end {first}", notes.Skip(2));
    }
}
