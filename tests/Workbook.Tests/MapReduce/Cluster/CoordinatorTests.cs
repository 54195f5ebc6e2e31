using Workbook.MapReduce;
using Workbook.MapReduce.Cluster;
using Workbook.Sim;
using Workbook.Tests.Sim;
using Coordinator = Workbook.MapReduce.Cluster.MapReduceCoordinator;
using Ping = Workbook.MapReduce.Cluster.Ping;
using Pong = Workbook.MapReduce.Cluster.Pong;

namespace Workbook.Tests.MapReduce.Cluster;

/// <summary>The coordinator, message by message: its workers are scripts.</summary>
public sealed class CoordinatorTests
{
    private static readonly NodeId Address = "coordinator";

    private static readonly CoordinatorSettings OneTaskEach = new(new JobDescription("wc", [Split.Whole("a.txt", 2)], 1));

    private readonly Simulation _run = new(1);

    private Coordinator Start(CoordinatorSettings settings, Action? finished = null)
    {
        _run.Add(Address, () => new Coordinator(settings) { Finished = finished });
        return _run.Process<Coordinator>(Address);
    }

    private void Script(NodeId name, Func<Script, Task> code, Action<Script, Message, Sender>? receive = null) =>
        _run.Add(name, () => new Script(code, receive));

    private static Task<T?> Ask<T>(Script me, Message request) where T : Message => me.Call<T>(Address, request, 1.Minutes());

    [Fact]
    public void A_worker_left_over_from_another_job_gets_no_task_and_is_not_believed()
    {
        Message? answer = null;
        var coordinator = Start(OneTaskEach);
        Script("left-over", async me =>
        {
            me.Send(Address, new MapFinished(0, 17, 99));
            answer = await Ask<Message>(me, new RequestTask(TaskKind.Map, 99));
        });
        _run.RunFor(1.Seconds());
        Assert.IsType<JobIsDone>(answer);
        Assert.Empty(coordinator.Attempts);
        Assert.Equal(0, coordinator.MapsDone);
    }

    [Fact]
    public void All_are_told_that_the_job_is_done_the_busy_ones_too_and_not_before_its_process_knows()
    {
        var order = new List<string>();
        var coordinator = Start(OneTaskEach, () => order.Add("finished"));
        Script("w1", async me => await WholeJob(me), (_, message, _) => Hear("w1", message));
        Script("w2", async me =>
        {
            await Ask<JobDescription>(me, new AskJob());
            me.Send(Address, new Pong(2));
        }, (_, message, _) => Hear("w2", message));
        _run.RunFor(1.Seconds());
        Assert.True(coordinator.IsDone);
        Assert.Equal(["finished", "w1", "w2"], order.Order());
        Assert.Equal("finished", order[0]);

        void Hear(string who, Message message)
        {
            if (message is JobIsDone) order.Add(who);
        }
    }

    [Fact]
    public void A_backup_that_fails_when_the_job_is_done_changes_nothing()
    {
        var coordinator = Start(OneTaskEach);
        Script("w1", async me =>
        {
            await WholeJob(me);
            await Ask<Noted>(me, new TaskFailed(TaskKind.Reduce, 0, "the output folder has moved"));
        });
        _run.RunFor(1.Seconds());
        Assert.True(coordinator.IsDone);
        Assert.Null(coordinator.Failure);
    }

    [Fact]
    public void A_task_is_backed_up_only_when_it_has_run_for_the_time_that_was_set()
    {
        Instant? backup = null;
        Start(OneTaskEach with { BackupAfter = 5.Seconds(), BackupWhenDone = 0 });
        Script("w1", async me =>
        {
            await Ask<JobDescription>(me, new AskJob());
            await Ask<RunMap>(me, new RequestTask(TaskKind.Map, 1));
        }, Answer(1));
        Script("w2", async me =>
        {
            await Ask<JobDescription>(me, new AskJob());
            await me.Sleep(1.Seconds());
            Assert.NotNull(await Ask<RunMap>(me, new RequestTask(TaskKind.Map, 2)));
            backup = me.Now;
        }, Answer(2));
        _run.RunFor(10.Seconds());
        Assert.InRange(backup!.Value.SinceStart.TotalSeconds, 5, 6.5);

        static Action<Script, Message, Sender> Answer(long session) => (me, message, from) =>
        {
            if (message is Ping) me.Send(from, new Pong(session));
        };
    }

    /// <summary>One worker that does everything.</summary>
    private static async Task WholeJob(Script me)
    {
        await Ask<JobDescription>(me, new AskJob());
        var map = await Ask<RunMap>(me, new RequestTask(TaskKind.Map, 1));
        await Ask<Noted>(me, new MapFinished(0, map!.Attempt, 1));
        var reduce = await Ask<RunReduce>(me, new RequestTask(TaskKind.Reduce, 1));
        await Ask<Noted>(me, new ReduceFinished(0, reduce!.Attempt, 1));
    }
}
