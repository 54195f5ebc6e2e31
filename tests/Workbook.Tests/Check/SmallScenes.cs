using Workbook.Check;
using Workbook.Sim;
using Workbook.Tests.Sim;

namespace Workbook.Tests.Check;

/// <summary>Scenes so small that one can count their orders on paper.</summary>
internal static class SmallScenes
{
    /// <summary>So many writers, each with one write for one register.</summary>
    public static SceneRun Writers(Schedule schedule, int writers, ICollection<string>? finals = null) => SceneRun.Play(schedule, null, run =>
    {
        var order = "";
        run.Add("register", () => new Script(_ => Task.CompletedTask, (_, message, _) => order += ((Ping)message).Number));
        for (var writer = 1; writer <= writers; writer++)
        {
            var number = writer;
            run.Add($"w{writer}", () => new Script(me =>
            {
                me.Send("register", new Ping(number));
                return Task.CompletedTask;
            }));
        }

        run.RunFor(1.Seconds());
        if (finals is null) return;
        lock (finals) finals.Add(order);
    });

    /// <summary>Two clients, each of which asks one server so many times, one question after the other.</summary>
    public static SceneRun Clients(Schedule schedule, int questions, ICollection<string>? finals = null) => SceneRun.Play(schedule, null, run =>
    {
        var order = "";
        run.Add("server", () => new Script(_ => Task.CompletedTask, (_, message, from) =>
        {
            order += from.Node.Name[^1];
            from.Reply(new Pong(1));
        }));
        run.Add("a", () => new PingClient("server", questions, 1.Seconds()));
        run.Add("b", () => new PingClient("server", questions, 1.Seconds()));
        run.RunFor(10.Seconds());
        if (finals is null) return;
        lock (finals) finals.Add(order);
    });

    /// <summary>Two clients read a counter, add one, and write it back. Both are right by themselves.</summary>
    public static SceneRun Counter(Schedule schedule) => SceneRun.Play(schedule, null, run =>
    {
        var value = 0;
        run.Add("counter", () => new Script(_ => Task.CompletedTask, (_, message, from) =>
        {
            if (message is Pong written) value = written.Number;
            else from.Reply(new Pong(value));
        }));
        foreach (var client in (NodeId[])["a", "b"])
        {
            run.Add(client, () => new Script(
                me =>
                {
                    me.Send("counter", new Ping(0));
                    return Task.CompletedTask;
                },
                (me, message, _) => me.Send("counter", new Pong(((Pong)message).Number + 1))));
        }

        run.Sometimes("somebody read a 1", () => value == 2);
        run.Eventually("both additions count", () => value == 2, 1.Seconds());
    });

    /// <summary>
    /// A keeper opens and closes a door, and a guest goes in and out, 8 ms later. It goes wrong where the opening comes before the guest and the
    /// closing after both: the keeper's link has to be fast, then slow, which is a bug of depth 2. Others chat meanwhile.
    /// </summary>
    public static SceneRun Door(Schedule schedule) =>
        SceneRun.Play(schedule, new NetworkOptions { Delay = Delay.Exponential(0.5.Milliseconds(), 1.Milliseconds()) }, run =>
        {
            var log = "";
            run.Add("door", () => new Script(_ => Task.CompletedTask, (_, message, from) => log += $"{from.Node}{((Ping)message).Number} "));
            run.Add("keeper", () => new Script(me => Twice(me)));
            run.Add("guest", () => new Script(async me =>
            {
                await me.Work(0.Milliseconds());
                await Twice(me);
            }));
            run.Network.SetDelay("guest", "door", Delay.Constant(8.Milliseconds()));
            run.Add("chat", () => new PongServer());
            run.Add("chatter", () => new PingClient("chat", 5, 1.Seconds()));
            run.Always("nobody is inside when the door is open", () => log != "keeper1 guest1 guest2 ");
            run.RunFor(1.Seconds());
        });

    private static Task Twice(Script me)
    {
        me.Send("door", new Ping(1));
        me.Send("door", new Ping(2));
        return Task.CompletedTask;
    }

    /// <summary>
    /// A server forgets how far it counted when it crashes, and a client's third hello after a crash makes it fail. Most of the many faults, messages
    /// and operations have nothing to do with it.
    /// </summary>
    public static SceneRun Forgetful(Schedule schedule) => SceneRun.Play(schedule, null, run =>
    {
        var (boots, hellos) = (0, 0);
        run.Add("server", () =>
        {
            boots++;
            hellos = 0;
            return new Script(_ => Task.CompletedTask, (_, message, _) => hellos += message is Ping { Number: 7 } ? 1 : 0);
        });
        for (var client = 1; client <= 3; client++)
        {
            var name = $"c{client}";
            var random = new Rng(schedule.Seed).Fork(name);
            var script = run.Script(Enumerable.Range(0, 20).Select(_ => (At: random.Next(0.Seconds(), 5.Seconds()), Number: random.Next(5, 9))));
            run.Add(name, () => new Script(me =>
            {
                foreach (var (at, number) in script) me.After(at, () => me.Send("server", new Ping(number)));
                return Task.CompletedTask;
            }));
        }

        var faults = new FaultProfile
        {
            Until = 4.Seconds(),
            CrashEvery = 1.Seconds(),
            RestartAfter = 0.2.Seconds(),
            PartitionEvery = 1.Seconds(),
            CutEvery = 1.Seconds(),
        };
        run.Plan(faults.Draw(schedule.Seed, ["server", "c1", "c2", "c3"]));
        run.Sometimes("the server boots again", () => boots > 1);
        run.Always("fewer than three hellos after a crash", () => boots == 1 || hellos < 3);
        run.RunFor(5.Seconds());
    });
}
